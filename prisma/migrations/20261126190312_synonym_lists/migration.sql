-- CreateTable
CREATE TABLE "synonym_list" (
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER,
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "synonym_list_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "synonym_list" ADD CONSTRAINT "synonym_list_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand from here on: what the schema language cannot say.

-- One list per branch, and one for all.
create unique index synonym_list_of_branch on synonym_list (coalesce(branch_id, 0));
