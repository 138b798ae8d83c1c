DROP TABLE "posting";
ALTER TABLE "document" ADD COLUMN "passage_count" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "term_count" INTEGER NOT NULL DEFAULT 0;
CREATE TABLE "posting" (
    "term_id" INTEGER NOT NULL,
    "document_id" INTEGER NOT NULL,
    "first" INTEGER NOT NULL,
    "count" SMALLINT NOT NULL,
    "passages" INTEGER[],
    "weights" INTEGER[],

    CONSTRAINT "posting_pkey" PRIMARY KEY ("term_id","document_id","first")
);
CREATE INDEX "posting_document_id_idx" ON "posting"("document_id");
ALTER TABLE "posting" ADD CONSTRAINT "posting_term_id_fkey" FOREIGN KEY ("term_id") REFERENCES "term"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "posting" ADD CONSTRAINT "posting_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;
