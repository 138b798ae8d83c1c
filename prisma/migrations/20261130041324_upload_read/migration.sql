-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "form" INTEGER,
ADD COLUMN     "kind" TEXT,
ADD COLUMN     "read" BYTEA;

-- Written by hand from here on: what the schema language cannot say.

ALTER TABLE "upload" ADD CONSTRAINT "upload_read" CHECK (num_nonnulls("kind", "form", "read") IN (0, 3));
