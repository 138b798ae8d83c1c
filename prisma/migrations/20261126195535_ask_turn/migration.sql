-- CreateTable
CREATE TABLE "ask_turn" (
    "chat_id" INTEGER NOT NULL,
    "thread" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ask_turn_pkey" PRIMARY KEY ("chat_id","thread")
);

-- AddForeignKey
ALTER TABLE "ask_turn" ADD CONSTRAINT "ask_turn_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE CASCADE ON UPDATE CASCADE;
