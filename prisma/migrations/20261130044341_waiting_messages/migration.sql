-- Written by hand from here on: what the schema language cannot say.

-- What waits is looked for each minute among all that ever left.
CREATE INDEX "outgoing_waiting_idx" ON "outgoing" ("created_at") WHERE "state" = 'waiting';
