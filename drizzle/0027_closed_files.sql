CREATE TABLE "closed_focus" (
	"month" date NOT NULL,
	"closing" integer NOT NULL,
	"day" date NOT NULL,
	"part" integer NOT NULL,
	"rows" "bytea" NOT NULL,
	CONSTRAINT "closed_focus_month_closing_day_part_pk" PRIMARY KEY("month","closing","day","part")
);
--> statement-breakpoint
CREATE TABLE "closed_usage" (
	"month" date NOT NULL,
	"closing" integer NOT NULL,
	"line" integer NOT NULL,
	"team" text NOT NULL,
	"cost_center" text,
	"kind" text NOT NULL,
	"provider" text,
	"model" text,
	"class" text NOT NULL,
	"tokens" bigint NOT NULL,
	"list" numeric(38, 18) NOT NULL,
	"contracted" numeric(38, 18) NOT NULL,
	"effective" numeric(38, 18) NOT NULL,
	"billed" numeric(38, 18) NOT NULL,
	CONSTRAINT "closed_usage_month_closing_line_pk" PRIMARY KEY("month","closing","line")
);--> statement-breakpoint
CREATE TRIGGER closed_usage_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "closed_usage"
  FOR EACH STATEMENT EXECUTE FUNCTION close_refuse_change();--> statement-breakpoint
CREATE TRIGGER closed_focus_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "closed_focus"
  FOR EACH STATEMENT EXECUTE FUNCTION close_refuse_change();
