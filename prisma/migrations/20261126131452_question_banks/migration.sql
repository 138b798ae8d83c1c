-- CreateTable
CREATE TABLE "question_bank" (
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "question_bank_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "question" (
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "options" TEXT[],
    "answer" INTEGER[],
    "explanation" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "whole" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_question" (
    "bank_id" INTEGER NOT NULL,
    "question_id" INTEGER NOT NULL,

    CONSTRAINT "bank_question_pkey" PRIMARY KEY ("bank_id","question_id")
);

-- CreateTable
CREATE TABLE "question_tag" (
    "question_id" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,

    CONSTRAINT "question_tag_pkey" PRIMARY KEY ("question_id","tag")
);

-- CreateIndex
CREATE UNIQUE INDEX "question_bank_branch_id_title_key" ON "question_bank"("branch_id", "title");

-- CreateIndex
CREATE UNIQUE INDEX "question_branch_id_hash_key" ON "question"("branch_id", "hash");

-- CreateIndex
CREATE INDEX "bank_question_question_id_idx" ON "bank_question"("question_id");

-- CreateIndex
CREATE INDEX "question_tag_tag_idx" ON "question_tag"("tag");

-- AddForeignKey
ALTER TABLE "question_bank" ADD CONSTRAINT "question_bank_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question" ADD CONSTRAINT "question_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_question" ADD CONSTRAINT "bank_question_bank_id_fkey" FOREIGN KEY ("bank_id") REFERENCES "question_bank"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_question" ADD CONSTRAINT "bank_question_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question_tag" ADD CONSTRAINT "question_tag_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

ALTER TABLE "question_bank" ADD CONSTRAINT "question_bank_title" CHECK ("title" <> '');
ALTER TABLE "question"
  ADD CONSTRAINT "question_kind" CHECK ("kind" IN ('single', 'multiple', 'truth')),
  ADD CONSTRAINT "question_text" CHECK ("text" <> ''),
  ADD CONSTRAINT "question_answer" CHECK (
    CASE "kind"
      WHEN 'truth' THEN cardinality("options") = 0 AND "answer" IN ('{0}', '{1}')
      WHEN 'single' THEN cardinality("options") BETWEEN 2 AND 6 AND cardinality("answer") = 1
      ELSE cardinality("options") BETWEEN 2 AND 6 AND cardinality("answer") >= 2
    END
  );
