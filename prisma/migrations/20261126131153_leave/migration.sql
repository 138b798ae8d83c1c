-- CreateTable
CREATE TABLE "round_leave" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,

    CONSTRAINT "round_leave_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateTable
CREATE TABLE "round_makeup" (
    "round_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT,

    CONSTRAINT "round_makeup_pkey" PRIMARY KEY ("round_id","person_id")
);

-- CreateIndex
CREATE INDEX "round_leave_person_id_idx" ON "round_leave"("person_id");

-- CreateIndex
CREATE INDEX "round_makeup_person_id_idx" ON "round_makeup"("person_id");

-- AddForeignKey
ALTER TABLE "round_leave" ADD CONSTRAINT "round_leave_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_leave" ADD CONSTRAINT "round_leave_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_makeup" ADD CONSTRAINT "round_makeup_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_makeup" ADD CONSTRAINT "round_makeup_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
