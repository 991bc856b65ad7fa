CREATE TABLE "closed_month" (
	"month" date PRIMARY KEY NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"closed_by" text NOT NULL,
	"totals" jsonb NOT NULL,
	"hash" text NOT NULL,
	"reopened_at" timestamp with time zone,
	"reopened_by" text,
	"reopened_reason" text
);
--> statement-breakpoint
CREATE TABLE "former_filing" (
	"event_id" uuid NOT NULL,
	"run_id" bigint NOT NULL,
	"pass" integer NOT NULL,
	"dimension_set_id" bigint NOT NULL,
	"rate_set_id" bigint,
	"cost" numeric(38, 18),
	"list_cost" numeric(38, 18),
	"cost_status" text NOT NULL,
	"rule_id" uuid,
	CONSTRAINT "former_filing_event_id_run_id_pass_pk" PRIMARY KEY("event_id","run_id","pass")
);
--> statement-breakpoint
CREATE TABLE "history_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "history_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"period_from" timestamp with time zone NOT NULL,
	"period_to" timestamp with time zone NOT NULL,
	"filter" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"expected" jsonb,
	"position" timestamp with time zone,
	"pass" integer DEFAULT 1 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"old_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	"new_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	"old_list_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	"new_list_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "history_run_lasts" CHECK ("history_run"."period_from" < "history_run"."period_to")
);
--> statement-breakpoint
CREATE TABLE "history_run_change" (
	"run_id" bigint NOT NULL,
	"day" timestamp with time zone NOT NULL,
	"team" text NOT NULL,
	"new_team" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"old_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	"new_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	"old_list_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	"new_list_cost" numeric(38, 18) DEFAULT 0 NOT NULL,
	CONSTRAINT "history_run_change_run_id_day_team_new_team_provider_model_pk" PRIMARY KEY("run_id","day","team","new_team","provider","model")
);
--> statement-breakpoint
ALTER TABLE "history_run_change" ADD CONSTRAINT "history_run_change_run_id_history_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."history_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "history_run_open_idx" ON "history_run" USING btree ("id") WHERE "history_run"."state" in ('queued', 'running');