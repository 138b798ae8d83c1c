-- AlterTable
ALTER TABLE "document" ADD COLUMN     "committee" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "edition_kind" TEXT,
ADD COLUMN     "edition_on" DATE,
ADD COLUMN     "replaced_by_id" INTEGER,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'current',
ADD COLUMN     "superseded_on" DATE,
ADD COLUMN     "valid_from" DATE,
ADD COLUMN     "valid_to" DATE;

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "committee" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "document_replaced_by_id_idx" ON "document"("replaced_by_id");

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_replaced_by_id_fkey" FOREIGN KEY ("replaced_by_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

-- What was replaced is history: it holds its place no more.
DROP INDEX "document_of_folder";
DROP INDEX "document_of_branch";
CREATE UNIQUE INDEX "document_of_folder" ON "document"("source") WHERE "branch_id" IS NULL AND "replaced_by_id" IS NULL;
CREATE UNIQUE INDEX "document_of_branch" ON "document"("branch_id", "title") WHERE "branch_id" IS NOT NULL AND "replaced_by_id" IS NULL;

ALTER TABLE "document" ADD CONSTRAINT "document_state" CHECK ("state" IN ('current', 'retired'));
ALTER TABLE "document" ADD CONSTRAINT "document_edition" CHECK (("edition_on" IS NULL) = ("edition_kind" IS NULL)
  AND ("edition_kind" IS NULL OR "edition_kind" IN ('passed', 'issued', 'revised', 'amended')));
ALTER TABLE "document" ADD CONSTRAINT "document_valid" CHECK ("valid_to" >= "valid_from");
-- Without a branch there is no committee.
ALTER TABLE "document" ADD CONSTRAINT "document_committee" CHECK (NOT "committee" OR "branch_id" IS NOT NULL);
