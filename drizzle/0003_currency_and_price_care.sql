CREATE TABLE "currency_rate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"base" text NOT NULL,
	"currency" text NOT NULL,
	"date" date NOT NULL,
	"rate" numeric(24, 12) NOT NULL,
	"source" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"superseded_at" timestamp with time zone,
	"superseded_by" text,
	CONSTRAINT "currency_rate_is_between_two" CHECK ("currency_rate"."currency" ~ '^[A-Z]{3}$' and "currency_rate"."currency" <> "currency_rate"."base"),
	CONSTRAINT "currency_rate_is_positive" CHECK ("currency_rate"."rate" > 0)
);
--> statement-breakpoint
CREATE TABLE "reporting_currency" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"currency" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "reporting_currency_is_one" CHECK ("reporting_currency"."id" = 1),
	CONSTRAINT "reporting_currency_is_a_code" CHECK ("reporting_currency"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "price_check" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"rate_key" text NOT NULL,
	"checked_at" date NOT NULL,
	"source_url" text NOT NULL,
	"source_quote" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unpriced_announcement" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"announced_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unpriced_announcement_provider_model_pk" PRIMARY KEY("provider","model")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "currency_rate_believed_idx" ON "currency_rate" USING btree ("currency","base","date") WHERE "currency_rate"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "price_check_rate_idx" ON "price_check" USING btree ("rate_key");