-- AlterTable
ALTER TABLE "outgoing" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "daily" (
    "chat_id" INTEGER NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "minute" SMALLINT NOT NULL,
    "workdays" BOOLEAN NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "document_id" INTEGER,
    "title" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "told_year" INTEGER,

    CONSTRAINT "daily_pkey" PRIMARY KEY ("chat_id")
);

-- CreateTable
CREATE TABLE "daily_slot" (
    "chat_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "title" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "daily_slot_pkey" PRIMARY KEY ("chat_id","at")
);

-- CreateIndex
CREATE INDEX "daily_next_at_idx" ON "daily"("next_at");

-- CreateIndex
CREATE INDEX "daily_document_id_idx" ON "daily"("document_id");

-- AddForeignKey
ALTER TABLE "daily" ADD CONSTRAINT "daily_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "daily" ADD CONSTRAINT "daily_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "daily" ADD CONSTRAINT "daily_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "daily_slot" ADD CONSTRAINT "daily_slot_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "daily"("chat_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

ALTER TABLE "daily"
  ADD CONSTRAINT "daily_minute" CHECK ("minute" BETWEEN 0 AND 1439),
  ADD CONSTRAINT "daily_position" CHECK ("position" >= 0);
ALTER TABLE "daily_slot"
  ADD CONSTRAINT "daily_slot_state" CHECK ("state" IN ('waiting', 'sent', 'unknown', 'refused', 'gone', 'missed'));

-- What became of these is still to be written down.
CREATE INDEX "daily_slot_waiting" ON "daily_slot" ("at") WHERE "state" = 'waiting';
