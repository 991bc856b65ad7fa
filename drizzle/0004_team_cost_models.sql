CREATE TABLE "charge" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"charge_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"team_slug" text,
	"pool_id" uuid,
	"person" text,
	"provider" text,
	"model" text,
	"amount" numeric(38, 18) NOT NULL,
	"quantity" integer DEFAULT 1 NOT NULL,
	"recurrence" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"daily_tokens" bigint,
	"source_name" text DEFAULT '' NOT NULL,
	"source_url" text DEFAULT '' NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"superseded_at" timestamp with time zone,
	"superseded_by" text,
	CONSTRAINT "charge_is_not_negative" CHECK ("charge"."amount" >= 0 and "charge"."quantity" > 0),
	CONSTRAINT "charge_lasts" CHECK ("charge"."starts_on" < "charge"."ends_on"),
	CONSTRAINT "charge_once_ends" CHECK ("charge"."recurrence" <> 'once' or "charge"."ends_on" is not null),
	CONSTRAINT "charge_has_one_owner" CHECK ("charge"."team_slug" is null or "charge"."pool_id" is null)
);
--> statement-breakpoint
CREATE TABLE "cost_model" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_slug" text,
	"effective_from" date,
	"markup_num" integer DEFAULT 0 NOT NULL,
	"markup_den" integer DEFAULT 1 NOT NULL,
	"funding" jsonb NOT NULL,
	"headcount" integer,
	"note" text DEFAULT '' NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"superseded_at" timestamp with time zone,
	"superseded_by" text,
	CONSTRAINT "cost_model_markup_is_a_share" CHECK ("cost_model"."markup_num" >= 0 and "cost_model"."markup_den" > 0 and "cost_model"."markup_num" <= 10 * "cost_model"."markup_den"),
	CONSTRAINT "cost_model_has_people" CHECK ("cost_model"."headcount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "shared_cost" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"pool_id" uuid NOT NULL,
	"name" text NOT NULL,
	"method" text NOT NULL,
	"source_team" text,
	"teams" text[],
	"weights" jsonb NOT NULL,
	"effective_from" date,
	"effective_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"superseded_at" timestamp with time zone,
	"superseded_by" text,
	CONSTRAINT "shared_cost_lasts" CHECK ("shared_cost"."effective_from" < "shared_cost"."effective_to")
);
--> statement-breakpoint
ALTER TABLE "charge" ADD CONSTRAINT "charge_team_slug_team_slug_fk" FOREIGN KEY ("team_slug") REFERENCES "public"."team"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_model" ADD CONSTRAINT "cost_model_team_slug_team_slug_fk" FOREIGN KEY ("team_slug") REFERENCES "public"."team"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "charge_believed_idx" ON "charge" USING btree ("starts_on") WHERE "charge"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "charge_history_idx" ON "charge" USING btree ("charge_id","recorded_at");--> statement-breakpoint
CREATE INDEX "cost_model_believed_idx" ON "cost_model" USING btree ("team_slug") WHERE "cost_model"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "shared_cost_believed_idx" ON "shared_cost" USING btree ("pool_id") WHERE "shared_cost"."superseded_at" is null;