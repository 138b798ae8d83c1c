-- CreateTable
CREATE TABLE "confirmed_order" (
    "id" UUID NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "confirmed_order_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "confirmed_order_confirmed_at_idx" ON "confirmed_order"("confirmed_at");
