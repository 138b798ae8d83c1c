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

-- Written by hand from here on: what the schema language cannot say.

-- A document's postings go with it; see the model.
CREATE FUNCTION forget_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM posting p USING gone WHERE p.document_id = gone.id;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_postings AFTER DELETE ON document
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_postings();
