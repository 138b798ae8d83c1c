-- CreateTable
CREATE TABLE "quiz_question" (
    "round_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "question_id" INTEGER,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "options" TEXT[],
    "answer" INTEGER[],
    "explanation" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "quiz_question_pkey" PRIMARY KEY ("round_id","position")
);

-- CreateTable
CREATE TABLE "quiz_attempt" (
    "id" SERIAL NOT NULL,
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "handed_in_at" TIMESTAMPTZ(3),
    "layout" JSONB NOT NULL,

    CONSTRAINT "quiz_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quiz_answer" (
    "attempt_id" INTEGER NOT NULL,
    "round_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "chosen" INTEGER[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quiz_answer_pkey" PRIMARY KEY ("attempt_id","position")
);

-- CreateIndex
CREATE INDEX "quiz_question_question_id_idx" ON "quiz_question"("question_id");

-- CreateIndex
CREATE INDEX "quiz_attempt_person_id_idx" ON "quiz_attempt"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "quiz_attempt_round_id_person_id_key" ON "quiz_attempt"("round_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "quiz_attempt_id_round_id_key" ON "quiz_attempt"("id", "round_id");

-- CreateIndex
CREATE INDEX "quiz_answer_round_id_position_idx" ON "quiz_answer"("round_id", "position");

-- AddForeignKey
ALTER TABLE "quiz_question" ADD CONSTRAINT "quiz_question_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiz_question" ADD CONSTRAINT "quiz_question_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiz_attempt" ADD CONSTRAINT "quiz_attempt_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiz_attempt" ADD CONSTRAINT "quiz_attempt_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiz_answer" ADD CONSTRAINT "quiz_answer_attempt_id_round_id_fkey" FOREIGN KEY ("attempt_id", "round_id") REFERENCES "quiz_attempt"("id", "round_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiz_answer" ADD CONSTRAINT "quiz_answer_round_id_position_fkey" FOREIGN KEY ("round_id", "position") REFERENCES "quiz_question"("round_id", "position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

ALTER TABLE "quiz_question"
  ADD CONSTRAINT "quiz_question_kind" CHECK ("kind" IN ('single', 'multiple', 'truth')),
  ADD CONSTRAINT "quiz_question_position" CHECK ("position" >= 0);
ALTER TABLE "quiz_answer" ADD CONSTRAINT "quiz_answer_chosen" CHECK (cardinality("chosen") > 0);
