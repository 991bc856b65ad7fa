CREATE TABLE "auth_account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "auth_rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth_setup_token" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'viewer' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "auth_user_team" (
	"user_id" text NOT NULL,
	"team_slug" text NOT NULL,
	CONSTRAINT "auth_user_team_user_id_team_slug_pk" PRIMARY KEY("user_id","team_slug")
);
--> statement-breakpoint
CREATE TABLE "auth_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "job_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"job" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"result" jsonb,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "dimension_set" (
	"id" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"team" text NOT NULL,
	"project" text,
	"environment" text,
	"service" text,
	"agent" text,
	"workflow" text,
	"tool" text,
	"provider" text,
	"model" text,
	"tier" text,
	"dialect" text NOT NULL,
	"status" text NOT NULL,
	"cost_center" text
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"scope_key" bigint PRIMARY KEY NOT NULL,
	"span_blind" smallint,
	"span_named" smallint,
	"log_blind" smallint,
	"log_named" smallint
);
--> statement-breakpoint
CREATE TABLE "rate_set" (
	"id" bigint PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"provider" text,
	"model" text,
	"content" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rejection" (
	"hour" timestamp with time zone NOT NULL,
	"key_id" text DEFAULT '' NOT NULL,
	"signal" text NOT NULL,
	"reason" text NOT NULL,
	"example" text NOT NULL,
	"count" bigint NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rejection_hour_key_id_signal_reason_pk" PRIMARY KEY("hour","key_id","signal","reason")
);
--> statement-breakpoint
CREATE TABLE "trace_node" (
	"trace_id" "bytea" NOT NULL,
	"hash" bigint NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"nodes" jsonb NOT NULL,
	CONSTRAINT "trace_node_trace_id_hash_pk" PRIMARY KEY("trace_id","hash")
);
--> statement-breakpoint
CREATE TABLE "usage_event" (
	"id" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"key_id" text,
	"dimension_set_id" bigint NOT NULL,
	"rate_set_id" bigint,
	"signal" text NOT NULL,
	"witness" text NOT NULL,
	"family" text NOT NULL,
	"rank" smallint NOT NULL,
	"counted" boolean NOT NULL,
	"not_counted_because" text,
	"twin_of" uuid,
	"trace_id" "bytea",
	"span_id" "bytea",
	"parent_span_id" "bytea",
	"response_id" text,
	"tool_call_id" text,
	"call_key" bigint,
	"call_key_2" bigint,
	"stream_key" bigint,
	"session_id" text,
	"user_id" text,
	"calls" integer NOT NULL,
	"duration_ms" double precision,
	"operation" text NOT NULL,
	"model_reported" text,
	"attempt" integer,
	"error_type" text,
	"input_uncached" bigint,
	"cache_read" bigint,
	"cache_write_5m" bigint,
	"cache_write_1h" bigint,
	"output" bigint,
	"reasoning" bigint,
	"units" jsonb,
	"cost" numeric(38, 18),
	"list_cost" numeric(38, 18),
	"reported_cost" numeric(38, 18),
	"cost_status" text NOT NULL,
	"funding" text NOT NULL,
	"flags" text[] NOT NULL,
	"rule_id" uuid,
	"said" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	CONSTRAINT "usage_event_started_at_id_pk" PRIMARY KEY("started_at","id")
) PARTITION BY RANGE ("started_at");
--> statement-breakpoint
CREATE TABLE "access_key" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"team_slug" text,
	"role" text,
	"content_policy" text DEFAULT 'drop' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "access_key_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "allocation_rule" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"position" integer NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"conditions" jsonb NOT NULL,
	"assign" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"name" text DEFAULT 'My organisation' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"has_sample_data" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_is_one" CHECK ("organization"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "team" (
	"slug" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"cost_center" text,
	"parent_slug" text,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_alias" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"reported" text NOT NULL,
	"target_provider" text NOT NULL,
	"target_model" text NOT NULL,
	"effective_from" timestamp with time zone,
	"effective_to" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"superseded_at" timestamp with time zone,
	"superseded_by" text,
	CONSTRAINT "model_alias_lasts" CHECK ("model_alias"."effective_from" < "model_alias"."effective_to")
);
--> statement-breakpoint
CREATE TABLE "price_rate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_slug" text,
	"kind" text NOT NULL,
	"provider" text,
	"model" text,
	"unit" text,
	"amount" numeric(24, 12),
	"per" bigint,
	"off_num" integer,
	"off_den" integer,
	"tier" text,
	"speed" text,
	"region" text,
	"context" jsonb,
	"time_window" jsonb,
	"includes_fees" boolean DEFAULT false NOT NULL,
	"effective_from" timestamp with time zone,
	"effective_to" timestamp with time zone,
	"source_name" text NOT NULL,
	"source_url" text NOT NULL,
	"source_quote" text,
	"checked_at" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"superseded_at" timestamp with time zone,
	"superseded_by" text,
	CONSTRAINT "price_rate_is_amount_or_discount" CHECK (("price_rate"."amount" is null) = ("price_rate"."per" is null)
      and ("price_rate"."off_num" is null) = ("price_rate"."off_den" is null)
      and ("price_rate"."amount" is null) <> ("price_rate"."off_num" is null)),
	CONSTRAINT "price_rate_is_not_negative" CHECK (("price_rate"."amount" is null or "price_rate"."amount" >= 0 and "price_rate"."per" > 0)
      and ("price_rate"."off_num" is null or "price_rate"."off_num" >= 0 and "price_rate"."off_den" > 0 and "price_rate"."off_num" <= "price_rate"."off_den")),
	CONSTRAINT "price_rate_team_has_contracts_only" CHECK ("price_rate"."team_slug" is null or "price_rate"."kind" = 'contract'),
	CONSTRAINT "price_rate_lasts" CHECK ("price_rate"."effective_from" < "price_rate"."effective_to")
);
--> statement-breakpoint
CREATE TABLE "quality_day" (
	"day" timestamp with time zone NOT NULL,
	"sort" text NOT NULL,
	"name" text NOT NULL,
	"team" text NOT NULL,
	"dialect" text NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"example_id" uuid NOT NULL,
	CONSTRAINT "quality_day_day_sort_name_team_dialect_pk" PRIMARY KEY("day","sort","name","team","dialect")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"session_id" text NOT NULL,
	"team" text NOT NULL,
	"user_id" text NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"model_calls" bigint DEFAULT 0 NOT NULL,
	"tool_calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"retries" bigint DEFAULT 0 NOT NULL,
	"unpriced_calls" bigint DEFAULT 0 NOT NULL,
	"unpriced_tokens" bigint DEFAULT 0 NOT NULL,
	"input_uncached" bigint DEFAULT 0 NOT NULL,
	"cache_read" bigint DEFAULT 0 NOT NULL,
	"cache_write_5m" bigint DEFAULT 0 NOT NULL,
	"cache_write_1h" bigint DEFAULT 0 NOT NULL,
	"output" bigint DEFAULT 0 NOT NULL,
	"reasoning" bigint DEFAULT 0 NOT NULL,
	"cost" numeric(38, 18) NOT NULL,
	"list_cost" numeric(38, 18) NOT NULL,
	CONSTRAINT "session_session_id_team_user_id_pk" PRIMARY KEY("session_id","team","user_id")
);
--> statement-breakpoint
CREATE TABLE "usage_day" (
	"day" timestamp with time zone NOT NULL,
	"dimension_set_id" bigint NOT NULL,
	"rate_set_id" bigint NOT NULL,
	"model_calls" bigint DEFAULT 0 NOT NULL,
	"tool_calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"retries" bigint DEFAULT 0 NOT NULL,
	"unpriced_calls" bigint DEFAULT 0 NOT NULL,
	"unpriced_tokens" bigint DEFAULT 0 NOT NULL,
	"input_uncached" bigint DEFAULT 0 NOT NULL,
	"cache_read" bigint DEFAULT 0 NOT NULL,
	"cache_write_5m" bigint DEFAULT 0 NOT NULL,
	"cache_write_1h" bigint DEFAULT 0 NOT NULL,
	"output" bigint DEFAULT 0 NOT NULL,
	"reasoning" bigint DEFAULT 0 NOT NULL,
	"cost" numeric(38, 18) NOT NULL,
	"list_cost" numeric(38, 18) NOT NULL,
	CONSTRAINT "usage_day_day_dimension_set_id_rate_set_id_pk" PRIMARY KEY("day","dimension_set_id","rate_set_id")
);
--> statement-breakpoint
CREATE TABLE "usage_day_user" (
	"day" timestamp with time zone NOT NULL,
	"user_id" text NOT NULL,
	"dimension_set_id" bigint NOT NULL,
	"rate_set_id" bigint NOT NULL,
	"model_calls" bigint DEFAULT 0 NOT NULL,
	"tool_calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"retries" bigint DEFAULT 0 NOT NULL,
	"unpriced_calls" bigint DEFAULT 0 NOT NULL,
	"unpriced_tokens" bigint DEFAULT 0 NOT NULL,
	"input_uncached" bigint DEFAULT 0 NOT NULL,
	"cache_read" bigint DEFAULT 0 NOT NULL,
	"cache_write_5m" bigint DEFAULT 0 NOT NULL,
	"cache_write_1h" bigint DEFAULT 0 NOT NULL,
	"output" bigint DEFAULT 0 NOT NULL,
	"reasoning" bigint DEFAULT 0 NOT NULL,
	"cost" numeric(38, 18) NOT NULL,
	"list_cost" numeric(38, 18) NOT NULL,
	CONSTRAINT "usage_day_user_day_user_id_dimension_set_id_rate_set_id_pk" PRIMARY KEY("day","user_id","dimension_set_id","rate_set_id")
);
--> statement-breakpoint
CREATE TABLE "usage_hour" (
	"hour" timestamp with time zone NOT NULL,
	"dimension_set_id" bigint NOT NULL,
	"rate_set_id" bigint NOT NULL,
	"model_calls" bigint DEFAULT 0 NOT NULL,
	"tool_calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"retries" bigint DEFAULT 0 NOT NULL,
	"unpriced_calls" bigint DEFAULT 0 NOT NULL,
	"unpriced_tokens" bigint DEFAULT 0 NOT NULL,
	"input_uncached" bigint DEFAULT 0 NOT NULL,
	"cache_read" bigint DEFAULT 0 NOT NULL,
	"cache_write_5m" bigint DEFAULT 0 NOT NULL,
	"cache_write_1h" bigint DEFAULT 0 NOT NULL,
	"output" bigint DEFAULT 0 NOT NULL,
	"reasoning" bigint DEFAULT 0 NOT NULL,
	"cost" numeric(38, 18) NOT NULL,
	"list_cost" numeric(38, 18) NOT NULL,
	CONSTRAINT "usage_hour_hour_dimension_set_id_rate_set_id_pk" PRIMARY KEY("hour","dimension_set_id","rate_set_id")
);
--> statement-breakpoint
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_user_team" ADD CONSTRAINT "auth_user_team_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_key" ADD CONSTRAINT "access_key_team_slug_team_slug_fk" FOREIGN KEY ("team_slug") REFERENCES "public"."team"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_rate" ADD CONSTRAINT "price_rate_team_slug_team_slug_fk" FOREIGN KEY ("team_slug") REFERENCES "public"."team"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "auth_account_user" ON "auth_account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_session_user" ON "auth_session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_verification_identifier" ON "auth_verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "job_run_job_started_at_idx" ON "job_run" USING btree ("job","started_at");--> statement-breakpoint
CREATE INDEX "trace_node_received_at_idx" ON "trace_node" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "usage_event_trace_idx" ON "usage_event" USING btree ("trace_id") WHERE "usage_event"."trace_id" is not null;--> statement-breakpoint
CREATE INDEX "usage_event_call_key_idx" ON "usage_event" USING btree ("call_key") WHERE "usage_event"."call_key" is not null;--> statement-breakpoint
CREATE INDEX "usage_event_call_key_2_idx" ON "usage_event" USING btree ("call_key_2") WHERE "usage_event"."call_key_2" is not null;--> statement-breakpoint
CREATE INDEX "usage_event_stream_idx" ON "usage_event" USING btree ("stream_key","started_at") WHERE "usage_event"."stream_key" is not null;--> statement-breakpoint
CREATE INDEX "usage_event_session_idx" ON "usage_event" USING btree ("session_id") WHERE "usage_event"."session_id" is not null;--> statement-breakpoint
CREATE INDEX "allocation_rule_position_idx" ON "allocation_rule" USING btree ("position") WHERE "allocation_rule"."retired_at" is null;--> statement-breakpoint
CREATE INDEX "model_alias_believed_idx" ON "model_alias" USING btree ("provider","reported") WHERE "model_alias"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "price_rate_believed_idx" ON "price_rate" USING btree ("provider","model") WHERE "price_rate"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "session_last_at_idx" ON "session" USING btree ("last_at");--> statement-breakpoint
-- The rollups are updated in place by every batch: room in each page keeps those updates off the indexes.
ALTER TABLE "usage_hour" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "usage_day" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "usage_day_user" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "session" SET (fillfactor = 70);--> statement-breakpoint
INSERT INTO "organization" ("id") VALUES (1);--> statement-breakpoint
INSERT INTO "team" ("slug", "name") VALUES ('unallocated', 'Unallocated');
