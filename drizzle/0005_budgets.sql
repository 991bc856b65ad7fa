CREATE TABLE "budget" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"scope" jsonb NOT NULL,
	"period" jsonb NOT NULL,
	"unit" text NOT NULL,
	"limit_amount" numeric(38, 18) NOT NULL,
	"cost_basis" text NOT NULL,
	"rollover" text NOT NULL,
	"rollover_cap" numeric(38, 18),
	"thresholds" jsonb NOT NULL,
	"pacing" jsonb,
	"quiet_hours" jsonb,
	"has_digest" boolean DEFAULT true NOT NULL,
	"parent_id" uuid,
	"owner" text,
	"starts_at" timestamp with time zone NOT NULL,
	"limit_revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "budget_limit_is_not_negative" CHECK ("budget"."limit_amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "budget_crossing" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"budget_id" uuid NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"limit_key" text NOT NULL,
	"basis" text NOT NULL,
	"percent" numeric(7, 2) NOT NULL,
	"arming" integer DEFAULT 0 NOT NULL,
	"crossed_at" timestamp with time zone NOT NULL,
	"spent" numeric(38, 18) NOT NULL,
	"limit_amount" numeric(38, 18) NOT NULL,
	"event" jsonb,
	"silent_because" text,
	"held_until" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"uncrossed_at" timestamp with time zone,
	"recrossed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "budget_digest" (
	"day" timestamp with time zone NOT NULL,
	"team" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	CONSTRAINT "budget_digest_day_team_pk" PRIMARY KEY("day","team")
);
--> statement-breakpoint
CREATE TABLE "budget_increase" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"budget_id" uuid NOT NULL,
	"amount" numeric(38, 18) NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"requested_by" text NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decision_note" text,
	CONSTRAINT "budget_increase_is_more" CHECK ("budget_increase"."amount" > 0),
	CONSTRAINT "budget_increase_lasts" CHECK ("budget_increase"."starts_at" < "budget_increase"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "budget_mute" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"budget_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"muted_at" timestamp with time zone NOT NULL,
	"muted_by" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "budget_revision" (
	"budget_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"limit_revision" integer NOT NULL,
	"limit_amount" numeric(38, 18) NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" text NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "budget_revision_budget_id_revision_pk" PRIMARY KEY("budget_id","revision")
);
--> statement-breakpoint
CREATE TABLE "budget_state" (
	"budget_id" uuid PRIMARY KEY NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"limit_key" text NOT NULL,
	"arms" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "usage_day_user" DROP CONSTRAINT "usage_day_user_day_user_id_dimension_set_id_rate_set_id_pk";--> statement-breakpoint
ALTER TABLE "usage_day_user" ADD COLUMN "key_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_day_user" ADD CONSTRAINT "usage_day_user_pk" PRIMARY KEY("day","user_id","key_id","dimension_set_id","rate_set_id");--> statement-breakpoint
ALTER TABLE "budget_crossing" ADD CONSTRAINT "budget_crossing_budget_id_budget_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budget"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_increase" ADD CONSTRAINT "budget_increase_budget_id_budget_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budget"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_mute" ADD CONSTRAINT "budget_mute_budget_id_budget_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budget"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_revision" ADD CONSTRAINT "budget_revision_budget_id_budget_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budget"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_state" ADD CONSTRAINT "budget_state_budget_id_budget_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budget"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_in_force_idx" ON "budget" USING btree ("name") WHERE "budget"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "budget_crossing_once" ON "budget_crossing" USING btree ("budget_id","period_start","limit_key","basis","percent","arming");--> statement-breakpoint
CREATE INDEX "budget_crossing_held_idx" ON "budget_crossing" USING btree ("held_until") WHERE "budget_crossing"."held_until" is not null and "budget_crossing"."sent_at" is null;--> statement-breakpoint
CREATE INDEX "budget_crossing_crossed_at_idx" ON "budget_crossing" USING btree ("crossed_at");--> statement-breakpoint
CREATE INDEX "budget_increase_budget_idx" ON "budget_increase" USING btree ("budget_id","requested_at");--> statement-breakpoint
CREATE INDEX "budget_mute_budget_idx" ON "budget_mute" USING btree ("budget_id","ends_at");--> statement-breakpoint
-- Which key a day's usage came with was not kept: the ledger tells.
DELETE FROM "usage_day_user";--> statement-breakpoint
INSERT INTO "usage_day_user" ("day", "user_id", "key_id", "dimension_set_id", "rate_set_id",
  "model_calls", "tool_calls", "errors", "retries", "unpriced_calls", "unpriced_tokens",
  "input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning",
  "cost", "list_cost")
SELECT date_trunc('day', u.started_at, o.time_zone), coalesce(u.user_id, ''), coalesce(u.key_id, ''),
       u.dimension_set_id, coalesce(u.rate_set_id, 0),
       sum(CASE WHEN d.kind = 'model_call' THEN u.calls ELSE 0 END),
       count(*) FILTER (WHERE d.kind = 'tool_call'),
       count(*) FILTER (WHERE d.status = 'error'),
       count(*) FILTER (WHERE u.attempt > 1),
       coalesce(sum(greatest(u.calls, 1)) FILTER (WHERE u.cost_status IN ('unpriced', 'partial')), 0),
       coalesce(sum(u.input_uncached + u.cache_read + u.cache_write_5m + u.cache_write_1h + u.output)
         FILTER (WHERE u.cost_status IN ('unpriced', 'partial')), 0),
       coalesce(sum(u.input_uncached), 0), coalesce(sum(u.cache_read), 0),
       coalesce(sum(u.cache_write_5m), 0), coalesce(sum(u.cache_write_1h), 0),
       coalesce(sum(u.output), 0), coalesce(sum(u.reasoning), 0),
       coalesce(sum(u.cost), 0), coalesce(sum(u.list_cost), 0)
  FROM "usage_event" u
  JOIN "dimension_set" d ON d.id = u.dimension_set_id
 CROSS JOIN "organization" o
 WHERE u.counted AND d.kind <> 'agent_run'
 GROUP BY 1, 2, 3, 4, 5;
