-- Written by hand: what is moved has to be moved before its column is dropped.

-- CreateTable
CREATE TABLE "meeting" (
    "round_id" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("round_id")
);

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "meeting" ("round_id", "starts_at")
  SELECT "id", "starts_at" FROM "round" WHERE "starts_at" IS NOT NULL;

-- AlterTable
ALTER TABLE "round" DROP CONSTRAINT "round_starts_before_its_end",
DROP COLUMN "starts_at";

-- A meeting begins before it ends, whichever of the two is changed. Judged at the end of a transaction, since one
-- that moves a meeting changes both.
CREATE FUNCTION "meeting_starts_before_its_end"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "meeting" m JOIN "round" r ON r."id" = m."round_id"
    WHERE r."id" = (to_jsonb(NEW) ->> TG_ARGV[0])::int AND m."starts_at" >= r."closes_at") THEN
    RAISE EXCEPTION 'a meeting begins before it ends' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_starts_before_its_end';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "meeting_starts_before_its_end" AFTER INSERT OR UPDATE OF "starts_at" ON "meeting"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "meeting_starts_before_its_end"('round_id');
CREATE CONSTRAINT TRIGGER "meeting_starts_before_its_end" AFTER UPDATE OF "closes_at" ON "round"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "meeting_starts_before_its_end"('id');
