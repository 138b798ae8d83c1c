-- CreateTable
CREATE TABLE "study_log" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "what" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "study_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "study_log_person_id_at_idx" ON "study_log"("person_id", "at");

-- AddForeignKey
ALTER TABLE "study_log" ADD CONSTRAINT "study_log_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

ALTER TABLE "study_log" ADD CONSTRAINT "study_log_minutes" CHECK ("minutes" BETWEEN 1 AND 1440);
