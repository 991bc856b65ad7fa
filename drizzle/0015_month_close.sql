CREATE TABLE "adjustment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"month" date NOT NULL,
	"source_month" date,
	"reason" text NOT NULL,
	"team" text NOT NULL,
	"cost_center" text,
	"kind" text NOT NULL,
	"provider" text,
	"model" text,
	"charge_id" text,
	"charge_name" text,
	"pool_id" text,
	"pool_name" text,
	"list" numeric(38, 18) NOT NULL,
	"contracted" numeric(38, 18) NOT NULL,
	"effective" numeric(38, 18) NOT NULL,
	"billed" numeric(38, 18) NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"reference" text DEFAULT '' NOT NULL,
	"booking" uuid NOT NULL,
	"reverses" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "adjustment_reverses_unique" UNIQUE("reverses"),
	CONSTRAINT "adjustment_month_is_first_day" CHECK (extract(day from "adjustment"."month") = 1)
);
--> statement-breakpoint
CREATE TABLE "closed_line" (
	"month" date NOT NULL,
	"closing" integer NOT NULL,
	"line" integer NOT NULL,
	"team" text NOT NULL,
	"cost_center" text,
	"kind" text NOT NULL,
	"provider" text,
	"model" text,
	"charge_id" text,
	"charge_name" text,
	"pool_id" text,
	"pool_name" text,
	"list" numeric(38, 18) NOT NULL,
	"contracted" numeric(38, 18) NOT NULL,
	"effective" numeric(38, 18) NOT NULL,
	"billed" numeric(38, 18) NOT NULL,
	"tokens" bigint NOT NULL,
	"unpriced_calls" bigint NOT NULL,
	CONSTRAINT "closed_line_month_closing_line_pk" PRIMARY KEY("month","closing","line")
);
--> statement-breakpoint
ALTER TABLE "closed_month" ADD COLUMN "closing" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "adjustment_month_idx" ON "adjustment" USING btree ("month","created_at");--> statement-breakpoint
CREATE INDEX "adjustment_source_month_idx" ON "adjustment" USING btree ("source_month") WHERE "adjustment"."source_month" is not null;--> statement-breakpoint
CREATE FUNCTION close_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER closed_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "closed_line"
  FOR EACH STATEMENT EXECUTE FUNCTION close_refuse_change();--> statement-breakpoint
CREATE TRIGGER adjustment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "adjustment"
  FOR EACH STATEMENT EXECUTE FUNCTION close_refuse_change();
