-- CreateTable
CREATE TABLE "branch_setting" (
    "branch_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "branch_setting_pkey" PRIMARY KEY ("branch_id","name")
);

-- CreateIndex
CREATE INDEX "outgoing_chat_id_created_at_idx" ON "outgoing"("chat_id", "created_at");

-- AddForeignKey
ALTER TABLE "branch_setting" ADD CONSTRAINT "branch_setting_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;
