CREATE TABLE "cost_center" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"owner" text,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"person_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"team_slug" text NOT NULL,
	"cost_center" text,
	CONSTRAINT "membership_person_id_valid_from_pk" PRIMARY KEY("person_id","valid_from"),
	CONSTRAINT "membership_is_a_span" CHECK ("membership"."valid_to" > "membership"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "person_alias" (
	"alias" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"team_slug" text,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_past" (
	"project_id" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"team_slug" text,
	CONSTRAINT "project_past_project_id_until_pk" PRIMARY KEY("project_id","until")
);
--> statement-breakpoint
CREATE TABLE "team_past" (
	"team_slug" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"cost_center" text,
	CONSTRAINT "team_past_team_slug_until_pk" PRIMARY KEY("team_slug","until")
);
--> statement-breakpoint
CREATE TABLE "zone_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "zone_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"time_zone" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"requested_by" text NOT NULL,
	"started_at" timestamp with time zone,
	"days_done" integer DEFAULT 0 NOT NULL,
	"days" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "lineage" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
UPDATE "allocation_rule" SET "lineage" = "id";--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "of_team" text;--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "effective_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "effective_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "change" text DEFAULT 'created' NOT NULL;--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "created_by" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "allocation_rule" ADD COLUMN "ended_by" text;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "fiscal_year_start_month" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "fiscal_pattern" text DEFAULT 'months' NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "fiscal_week_start" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "owners" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "merged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_slug_team_slug_fk" FOREIGN KEY ("team_slug") REFERENCES "public"."team"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_alias" ADD CONSTRAINT "person_alias_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_team_slug_team_slug_fk" FOREIGN KEY ("team_slug") REFERENCES "public"."team"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_past" ADD CONSTRAINT "project_past_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_past" ADD CONSTRAINT "team_past_team_slug_team_slug_fk" FOREIGN KEY ("team_slug") REFERENCES "public"."team"("slug") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "membership_team_idx" ON "membership" USING btree ("team_slug");--> statement-breakpoint
CREATE INDEX "person_alias_person_idx" ON "person_alias" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "project_team_idx" ON "project" USING btree ("team_slug");--> statement-breakpoint
CREATE INDEX "zone_change_open_idx" ON "zone_change" USING btree ("requested_at") WHERE "zone_change"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "allocation_rule_lineage_idx" ON "allocation_rule" USING btree ("lineage");--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "organization_fiscal_month" CHECK ("organization"."fiscal_year_start_month" between 1 and 12);--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "organization_fiscal_week" CHECK ("organization"."fiscal_week_start" between 1 and 7);