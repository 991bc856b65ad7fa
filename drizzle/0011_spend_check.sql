CREATE TABLE "spend_checker" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spend_reservation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"team" text,
	"user_id" text,
	"agent" text,
	"model" text,
	"amount" numeric(38, 18) NOT NULL,
	"holds" jsonb NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid
);
--> statement-breakpoint
CREATE INDEX "spend_reservation_open_idx" ON "spend_reservation" USING btree ("expires_at") WHERE "spend_reservation"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "spend_reservation_settled_by_idx" ON "spend_reservation" USING btree ("settled_by") WHERE "spend_reservation"."settled_by" is not null;--> statement-breakpoint
CREATE INDEX "spend_reservation_created_at_idx" ON "spend_reservation" USING btree ("created_at");