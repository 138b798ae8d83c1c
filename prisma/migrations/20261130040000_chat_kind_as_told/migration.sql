-- AlterTable
ALTER TABLE "chat" ALTER COLUMN "kind" DROP NOT NULL;

-- Written by hand from here on: what the schema language cannot say.

-- A null would have passed the check of before.
ALTER TABLE "chat" DROP CONSTRAINT "chat_person",
  ADD CONSTRAINT "chat_person" CHECK ("kind" IS NOT DISTINCT FROM 'private' OR "person_id" IS NULL);

-- A press on a card whose sending was not written down yet made a group of a private chat. Which rows are such
-- cannot be told; of a true group without a branch the next message says again what it is.
UPDATE "chat" SET "kind" = NULL WHERE "kind" = 'group' AND "branch_id" IS NULL AND "welcomed_at" IS NULL
  AND NOT EXISTS (SELECT FROM "chat_member" m WHERE m."chat_id" = "chat"."id");
