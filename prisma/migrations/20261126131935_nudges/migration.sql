-- CreateTable
CREATE TABLE "quiet_hours" (
    "person_id" INTEGER NOT NULL,
    "from_minute" INTEGER,
    "to_minute" INTEGER,

    CONSTRAINT "quiet_hours_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "reminder" (
    "person_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "last_reminder" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,

    CONSTRAINT "last_reminder_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateTable
CREATE TABLE "held_reminder" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "held_reminder_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateIndex
CREATE INDEX "last_reminder_person_id_idx" ON "last_reminder"("person_id");

-- CreateIndex
CREATE INDEX "held_reminder_person_id_idx" ON "held_reminder"("person_id");

-- CreateIndex
CREATE INDEX "held_reminder_until_idx" ON "held_reminder"("until");

-- AddForeignKey
ALTER TABLE "quiet_hours" ADD CONSTRAINT "quiet_hours_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "last_reminder" ADD CONSTRAINT "last_reminder_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "last_reminder" ADD CONSTRAINT "last_reminder_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "held_reminder" ADD CONSTRAINT "held_reminder_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "held_reminder" ADD CONSTRAINT "held_reminder_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

ALTER TABLE "quiet_hours"
  ADD CONSTRAINT "quiet_hours_both" CHECK (num_nonnulls("from_minute", "to_minute") IN (0, 2)),
  ADD CONSTRAINT "quiet_hours_span" CHECK ("from_minute" <> "to_minute"
    AND "from_minute" BETWEEN 0 AND 1439 AND "to_minute" BETWEEN 0 AND 1439);
