CREATE TABLE "forecast" (
	"scope" text NOT NULL,
	"day" date NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"origin" text NOT NULL,
	"maturity" text NOT NULL,
	"history_days" integer NOT NULL,
	"history_total" double precision NOT NULL,
	"scale" double precision NOT NULL,
	"point" bigint[] NOT NULL,
	"bands" real[] NOT NULL,
	"naive" real[] NOT NULL,
	CONSTRAINT "forecast_scope_day_pk" PRIMARY KEY("scope","day")
);
--> statement-breakpoint
CREATE TABLE "forecast_accuracy" (
	"scope" text PRIMARY KEY NOT NULL,
	"as_of" date NOT NULL,
	"forecasts" integer NOT NULL,
	"days" integer NOT NULL,
	"wape" double precision,
	"naive_wape" double precision,
	"bias" double precision,
	"held_50" double precision,
	"held_80" double precision,
	"held_95" double precision,
	"total_error" double precision,
	"naive_total_error" double precision,
	"is_naive_better" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forecast_event" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"scope" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date,
	"effect" jsonb NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text,
	CONSTRAINT "forecast_event_lasts" CHECK ("forecast_event"."last_day" is null or "forecast_event"."first_day" <= "forecast_event"."last_day")
);
--> statement-breakpoint
CREATE TABLE "forecast_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "forecast_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"requested_at" timestamp with time zone NOT NULL,
	"requested_by" text NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"day" date,
	"series" integer DEFAULT 0 NOT NULL,
	"fit_ms" integer,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "forecast_scenario" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"question" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "forecast_day_idx" ON "forecast" USING btree ("day");--> statement-breakpoint
CREATE INDEX "forecast_event_in_force_idx" ON "forecast_event" USING btree ("first_day") WHERE "forecast_event"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "forecast_run_open_idx" ON "forecast_run" USING btree ("id") WHERE "forecast_run"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "forecast_run_finished_at_idx" ON "forecast_run" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "forecast_scenario_idx" ON "forecast_scenario" USING btree ("name") WHERE "forecast_scenario"."archived_at" is null;