-- AlterTable
ALTER TABLE "outgoing" ADD COLUMN     "entity" TEXT,
ADD COLUMN     "entity_sequence" INTEGER NOT NULL DEFAULT 0;
