-- CreateTable
CREATE TABLE "feedback" (
    "id" SERIAL NOT NULL,
    "answer_id" UUID NOT NULL,
    "person_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "branch_ids" INTEGER[],
    "question" TEXT,
    "cites" JSONB,
    "text" TEXT,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shown_answer" (
    "answer_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shown_answer_pkey" PRIMARY KEY ("answer_id")
);

-- CreateTable
CREATE TABLE "standard_answer" (
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "plain" TEXT NOT NULL,
    "terms" TEXT[],
    "answer" TEXT NOT NULL,
    "passage_id" INTEGER,
    "title" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'current',
    "approved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "standard_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "asked_in_vain" (
    "id" UUID NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "asked_in_vain_pkey" PRIMARY KEY ("id","branch_id")
);

-- CreateTable
CREATE TABLE "week_note" (
    "branch_id" INTEGER NOT NULL,
    "week" DATE NOT NULL,

    CONSTRAINT "week_note_pkey" PRIMARY KEY ("branch_id","week")
);

-- CreateIndex
CREATE INDEX "feedback_person_id_idx" ON "feedback"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "feedback_answer_id_person_id_key" ON "feedback"("answer_id", "person_id");

-- CreateIndex
CREATE INDEX "standard_answer_branch_id_idx" ON "standard_answer"("branch_id");

-- CreateIndex
CREATE INDEX "standard_answer_passage_id_idx" ON "standard_answer"("passage_id");

-- CreateIndex
CREATE INDEX "asked_in_vain_branch_id_day_idx" ON "asked_in_vain"("branch_id", "day");

-- AddForeignKey
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standard_answer" ADD CONSTRAINT "standard_answer_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standard_answer" ADD CONSTRAINT "standard_answer_passage_id_fkey" FOREIGN KEY ("passage_id") REFERENCES "passage"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asked_in_vain" ADD CONSTRAINT "asked_in_vain_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "week_note" ADD CONSTRAINT "week_note_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand.

CREATE UNIQUE INDEX "standard_answer_current_key" ON "standard_answer"("branch_id", "plain") WHERE "state" = 'current';
ALTER TABLE "standard_answer" ADD CONSTRAINT "standard_answer_state" CHECK ("state" IN ('current', 'retired'));
-- What was marked as helpful keeps no words.
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_kind" CHECK ("kind" IN ('unhelpful', 'source')
  OR ("kind" = 'helpful' AND "question" IS NULL AND "cites" IS NULL AND "text" IS NULL));
