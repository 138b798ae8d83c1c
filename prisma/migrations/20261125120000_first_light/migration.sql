-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "document" (
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER,
    "title" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "passage_count" INTEGER NOT NULL DEFAULT 0,
    "term_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passage" (
    "id" SERIAL NOT NULL,
    "document_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "heading" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "length" INTEGER NOT NULL,

    CONSTRAINT "passage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "term" (
    "id" SERIAL NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "term_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posting" (
    "term_id" INTEGER NOT NULL,
    "document_id" INTEGER NOT NULL,
    "first" INTEGER NOT NULL,
    "count" SMALLINT NOT NULL,
    "passages" INTEGER[],
    "weights" INTEGER[],

    CONSTRAINT "posting_pkey" PRIMARY KEY ("term_id","document_id","first")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "person_id" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "branch_id" INTEGER,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stamp" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "app" TEXT NOT NULL,
    "tenant" TEXT,
    "bot_open_id" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stamp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seen_event" (
    "key" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "seen_event_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outgoing" (
    "id" UUID NOT NULL,
    "chat_id" INTEGER,
    "person_id" INTEGER,
    "subject" TEXT,
    "reply_to" TEXT,
    "content" JSONB,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "platform_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_attempt_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "wanted" JSONB,
    "wanted_version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "outgoing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pace" (
    "key" TEXT NOT NULL,
    "times" TIMESTAMPTZ(3)[],

    CONSTRAINT "pace_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "person" (
    "id" SERIAL NOT NULL,
    "open_id" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "gone_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat" (
    "id" SERIAL NOT NULL,
    "platform_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "external" BOOLEAN NOT NULL DEFAULT false,
    "person_id" INTEGER,
    "owner_id" INTEGER,
    "branch_id" INTEGER,
    "bound_at" TIMESTAMPTZ(3),
    "gone_at" TIMESTAMPTZ(3),
    "welcomed_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_member" (
    "id" SERIAL NOT NULL,
    "chat_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "chat_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "branch" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "next_number" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "branch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role" (
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "round" (
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "spec" JSONB NOT NULL DEFAULT '{}',
    "chat_id" INTEGER NOT NULL,
    "opened_by" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "recalled_at" TIMESTAMPTZ(3),

    CONSTRAINT "round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "round_person" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "round_person_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateTable
CREATE TABLE "answer" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "content" JSONB,

    CONSTRAINT "answer_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateIndex
CREATE INDEX "document_branch_id_idx" ON "document"("branch_id");

-- CreateIndex
CREATE UNIQUE INDEX "passage_document_id_position_key" ON "passage"("document_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "term_text_key" ON "term"("text");

-- CreateIndex
CREATE INDEX "posting_document_id_idx" ON "posting"("document_id");

-- CreateIndex
CREATE UNIQUE INDEX "upload_message_key" ON "upload"("message");

-- CreateIndex
CREATE INDEX "seen_event_seen_at_idx" ON "seen_event"("seen_at");

-- CreateIndex
CREATE INDEX "outgoing_subject_idx" ON "outgoing"("subject");

-- CreateIndex
CREATE INDEX "outgoing_created_at_idx" ON "outgoing"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "person_open_id_key" ON "person"("open_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_platform_id_key" ON "chat"("platform_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_person_id_key" ON "chat"("person_id");

-- CreateIndex
CREATE INDEX "chat_branch_id_idx" ON "chat"("branch_id");

-- CreateIndex
CREATE INDEX "chat_member_person_id_idx" ON "chat_member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "branch_name_key" ON "branch"("name");

-- CreateIndex
CREATE INDEX "role_person_id_idx" ON "role"("person_id");

-- CreateIndex
CREATE INDEX "round_chat_id_idx" ON "round"("chat_id");

-- CreateIndex
CREATE UNIQUE INDEX "round_branch_id_number_key" ON "round"("branch_id", "number");

-- CreateIndex
CREATE INDEX "round_person_person_id_idx" ON "round_person"("person_id");

-- CreateIndex
CREATE INDEX "answer_person_id_idx" ON "answer"("person_id");

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passage" ADD CONSTRAINT "passage_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing" ADD CONSTRAINT "outgoing_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing" ADD CONSTRAINT "outgoing_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_member" ADD CONSTRAINT "chat_member_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_member" ADD CONSTRAINT "chat_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_opened_by_fkey" FOREIGN KEY ("opened_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_person" ADD CONSTRAINT "round_person_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_person" ADD CONSTRAINT "round_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

-- Now in the group: once. Now in the role: once.
CREATE UNIQUE INDEX "chat_member_now_key" ON "chat_member" ("chat_id", "person_id") WHERE "until" IS NULL;
CREATE UNIQUE INDEX "role_now_key" ON "role" ("branch_id", "person_id", "kind") WHERE "until" IS NULL;

ALTER TABLE "stamp" ADD CONSTRAINT "stamp_one_row" CHECK ("id" = 1);

ALTER TABLE "chat"
  ADD CONSTRAINT "chat_kind" CHECK ("kind" IN ('group', 'private')),
  ADD CONSTRAINT "chat_person" CHECK ("kind" = 'private' OR "person_id" IS NULL);
ALTER TABLE "chat_member" ADD CONSTRAINT "chat_member_order" CHECK ("until" >= "since");

ALTER TABLE "branch"
  ADD CONSTRAINT "branch_name" CHECK ("name" <> ''),
  ADD CONSTRAINT "branch_next_number" CHECK ("next_number" > 0);
ALTER TABLE "role"
  ADD CONSTRAINT "role_kind" CHECK ("kind" IN ('secretary')),
  ADD CONSTRAINT "role_order" CHECK ("until" >= "since");

ALTER TABLE "round"
  ADD CONSTRAINT "round_number" CHECK ("number" > 0),
  ADD CONSTRAINT "round_kind" CHECK ("kind" <> ''),
  ADD CONSTRAINT "round_title" CHECK ("title" <> ''),
  ADD CONSTRAINT "round_order" CHECK ("closes_at" > "opened_at");

ALTER TABLE "outgoing"
  ADD CONSTRAINT "outgoing_one_recipient" CHECK (num_nonnulls("chat_id", "person_id") = 1),
  ADD CONSTRAINT "outgoing_state" CHECK ("state" IN ('waiting', 'sent', 'unknown', 'refused', 'gone'));

ALTER TABLE "posting" ADD CONSTRAINT "posting_lists" CHECK (
  "count" = cardinality("passages") AND "count" = cardinality("weights")
);

-- One document per path of the folder, one per title in a branch.
CREATE UNIQUE INDEX "document_of_folder" ON "document"("source") WHERE "branch_id" IS NULL;
CREATE UNIQUE INDEX "document_of_branch" ON "document"("branch_id", "title") WHERE "branch_id" IS NOT NULL;

-- A document's postings go with it; see the model.
CREATE FUNCTION forget_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM posting p USING gone WHERE p.document_id = gone.id;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_postings AFTER DELETE ON document
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_postings();
