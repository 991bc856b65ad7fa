CREATE TABLE "export_job" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request" jsonb NOT NULL,
	"asked_by_kind" text NOT NULL,
	"asked_by_id" text NOT NULL,
	"asked_by_label" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"rows_done" bigint DEFAULT 0 NOT NULL,
	"rows_total" bigint,
	"leased_until" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"teams" jsonb,
	"media_type" text,
	"control" jsonb,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "export_piece" (
	"job_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"number" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "export_piece_job_id_attempt_number_pk" PRIMARY KEY("job_id","attempt","number")
);
--> statement-breakpoint
ALTER TABLE "export_piece" ADD CONSTRAINT "export_piece_job_id_export_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."export_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "export_job_open_idx" ON "export_job" USING btree ("asked_at") WHERE "export_job"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "export_job_asked_by_idx" ON "export_job" USING btree ("asked_by_kind","asked_by_id","asked_at");