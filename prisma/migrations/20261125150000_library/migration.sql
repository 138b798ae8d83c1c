-- DropForeignKey
ALTER TABLE "document" DROP CONSTRAINT "document_branch_id_fkey";

-- DropForeignKey
ALTER TABLE "upload" DROP CONSTRAINT "upload_branch_id_fkey";

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "hash" TEXT NOT NULL,
ADD COLUMN     "message" TEXT NOT NULL,
ADD COLUMN     "title" TEXT NOT NULL,
ALTER COLUMN "branch_id" DROP NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "upload_message_key" ON "upload"("message");

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

-- One document per path of the folder, one per title in a branch.
CREATE UNIQUE INDEX "document_of_folder" ON "document"("source") WHERE "branch_id" IS NULL;
CREATE UNIQUE INDEX "document_of_branch" ON "document"("branch_id", "title") WHERE "branch_id" IS NOT NULL;
