-- CreateIndex
CREATE INDEX "chat_member_chat_id_idx" ON "chat_member"("chat_id");

-- CreateIndex
CREATE INDEX "feedback_branch_ids_idx" ON "feedback" USING GIN ("branch_ids");

-- CreateIndex
CREATE INDEX "round_opened_by_idx" ON "round"("opened_by");

-- CreateIndex
CREATE INDEX "upload_person_id_idx" ON "upload"("person_id");

-- Written by hand from here on: what the schema language cannot say.

-- A press on a card of which nothing else is known is looked up by the platform's id; whatever is one person's by theirs.
CREATE INDEX "outgoing_platform_id" ON "outgoing" ("platform_id") WHERE "platform_id" IS NOT NULL;
CREATE INDEX "outgoing_person_id" ON "outgoing" ("person_id") WHERE "person_id" IS NOT NULL;
CREATE INDEX "outgoing_chat_id" ON "outgoing" ("chat_id") WHERE "chat_id" IS NOT NULL;
CREATE INDEX "chat_owner_id" ON "chat" ("owner_id") WHERE "owner_id" IS NOT NULL;
-- Few rounds are open, however many there were.
CREATE INDEX "round_open" ON "round" ("closes_at") WHERE "closed_at" IS NULL AND "recalled_at" IS NULL;
