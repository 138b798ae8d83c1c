-- AlterTable
ALTER TABLE "feedback" ADD COLUMN     "done_branch_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- What was dealt with was so for all its branches.
UPDATE "feedback" SET "done_branch_ids" = "branch_ids" WHERE "done_at" IS NOT NULL;

-- AlterTable
ALTER TABLE "feedback" DROP COLUMN "done_at";
