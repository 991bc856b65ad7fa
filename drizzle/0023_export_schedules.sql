CREATE TABLE "export_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "export_run_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"schedule_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"period_from" timestamp with time zone NOT NULL,
	"period_to" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone,
	"leased_by" uuid,
	"finished_at" timestamp with time zone,
	"last_error" text,
	"file_name" text,
	"media_type" text,
	"location" text,
	"rows" bigint,
	"bytes" bigint,
	"sha256" text,
	"control" jsonb,
	"event_id" uuid,
	CONSTRAINT "export_run_seq_unique" UNIQUE("seq"),
	CONSTRAINT "export_run_once" UNIQUE("schedule_id","due_at")
);
--> statement-breakpoint
CREATE TABLE "export_run_piece" (
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"piece" "bytea" NOT NULL,
	CONSTRAINT "export_run_piece_run_id_number_pk" PRIMARY KEY("run_id","number")
);
--> statement-breakpoint
CREATE TABLE "export_schedule" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"request" jsonb NOT NULL,
	"cadence" text NOT NULL,
	"day" integer NOT NULL,
	"hour" integer NOT NULL,
	"destination" text NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed_keys" "bytea",
	"owner_kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"owner_label" text NOT NULL,
	"paused_at" timestamp with time zone,
	"paused_because" text,
	"paused_reason" text,
	"planned_until" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "export_schedule_has_a_name" CHECK ("export_schedule"."name" <> ''),
	CONSTRAINT "export_schedule_has_a_time" CHECK ("export_schedule"."hour" between 0 and 23 and "export_schedule"."day" between 1 and (case "export_schedule"."cadence" when 'weekly' then 7 else 31 end))
);
--> statement-breakpoint
ALTER TABLE "export_run" ADD CONSTRAINT "export_run_schedule_id_export_schedule_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."export_schedule"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_run_piece" ADD CONSTRAINT "export_run_piece_run_id_export_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."export_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "export_run_due_idx" ON "export_run" USING btree ("next_attempt_at") WHERE "export_run"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "export_run_log_idx" ON "export_run" USING btree ("schedule_id","seq");