-- AlterTable
ALTER TABLE "outgoing" ADD COLUMN     "buttons" JSONB;
