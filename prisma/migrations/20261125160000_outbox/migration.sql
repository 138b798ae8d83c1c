-- AlterTable
ALTER TABLE "outgoing" ADD COLUMN     "wanted" JSONB,
ADD COLUMN     "wanted_version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "pace" (
    "key" TEXT NOT NULL,
    "times" TIMESTAMPTZ(3)[],

    CONSTRAINT "pace_pkey" PRIMARY KEY ("key")
);
