-- AlterTable
ALTER TABLE "round" ADD COLUMN     "starts_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "round_coming" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "round_coming_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateTable
CREATE TABLE "round_notice" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,

    CONSTRAINT "round_notice_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateIndex
CREATE INDEX "round_coming_person_id_idx" ON "round_coming"("person_id");

-- CreateIndex
CREATE INDEX "round_notice_person_id_idx" ON "round_notice"("person_id");

-- AddForeignKey
ALTER TABLE "round_coming" ADD CONSTRAINT "round_coming_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_coming" ADD CONSTRAINT "round_coming_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_notice" ADD CONSTRAINT "round_notice_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_notice" ADD CONSTRAINT "round_notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand.

-- Meetings announced before: their start stood in the spec, and who will come stood as an answer.
UPDATE "round" SET "starts_at" = to_timestamp(("spec"->>'starts')::bigint / 1000.0), "spec" = "spec" - 'starts'
  WHERE "kind" = 'meeting';
INSERT INTO "round_coming" ("round_id", "person_id", "at")
  SELECT a."round_id", a."person_id", a."at" FROM "answer" a JOIN "round" r ON r."id" = a."round_id" WHERE r."kind" = 'meeting';
DELETE FROM "answer" a USING "round" r WHERE r."id" = a."round_id" AND r."kind" = 'meeting';

ALTER TABLE "round" ADD CONSTRAINT "round_starts_before_its_end" CHECK ("starts_at" < "closes_at");
