CREATE TABLE "anomaly" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"state" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"metric" text NOT NULL,
	"direction" bigint NOT NULL,
	"scope" jsonb NOT NULL,
	"keys" text[] NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"expected" numeric(38, 18) NOT NULL,
	"actual" numeric(38, 18) NOT NULL,
	"impact" numeric(38, 18) NOT NULL,
	"measured" jsonb,
	"explanation" jsonb NOT NULL,
	"findings" jsonb NOT NULL,
	"is_notable" boolean NOT NULL,
	"detected_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"announced_at" timestamp with time zone,
	"acknowledged_at" timestamp with time zone,
	"owner" text,
	"resolved_at" timestamp with time zone,
	"resolved_because" text,
	"feedback" text,
	"feedback_by" text,
	"feedback_at" timestamp with time zone,
	CONSTRAINT "anomaly_lasts" CHECK ("anomaly"."starts_at" < "anomaly"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "anomaly_note" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "anomaly_note_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"anomaly_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"what" text NOT NULL,
	"text" text
);
--> statement-breakpoint
CREATE TABLE "anomaly_part" (
	"anomaly_id" uuid NOT NULL,
	"team" text NOT NULL,
	"expected" numeric(38, 18) NOT NULL,
	"actual" numeric(38, 18) NOT NULL,
	CONSTRAINT "anomaly_part_anomaly_id_team_pk" PRIMARY KEY("anomaly_id","team")
);
--> statement-breakpoint
CREATE TABLE "anomaly_planned_event" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"label" text NOT NULL,
	"scope" jsonb NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"factor" double precision,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "anomaly_planned_event_lasts" CHECK ("anomaly_planned_event"."starts_at" < "anomaly_planned_event"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "anomaly_setting" (
	"id" bigint PRIMARY KEY NOT NULL,
	"deviations" double precision,
	"share" double precision,
	"amount" numeric(38, 18),
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "anomaly_setting_is_one" CHECK ("anomaly_setting"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "anomaly_note" ADD CONSTRAINT "anomaly_note_anomaly_id_anomaly_id_fk" FOREIGN KEY ("anomaly_id") REFERENCES "public"."anomaly"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "anomaly_part" ADD CONSTRAINT "anomaly_part_anomaly_id_anomaly_id_fk" FOREIGN KEY ("anomaly_id") REFERENCES "public"."anomaly"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "anomaly_starts_at_idx" ON "anomaly" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "anomaly_ends_at_idx" ON "anomaly" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "anomaly_feedback_idx" ON "anomaly" USING btree ("feedback_at") WHERE "anomaly"."feedback" is not null;--> statement-breakpoint
CREATE INDEX "anomaly_note_anomaly_idx" ON "anomaly_note" USING btree ("anomaly_id","id");--> statement-breakpoint
CREATE INDEX "anomaly_part_team_idx" ON "anomaly_part" USING btree ("team","anomaly_id");--> statement-breakpoint
CREATE INDEX "anomaly_planned_event_ends_at_idx" ON "anomaly_planned_event" USING btree ("ends_at");