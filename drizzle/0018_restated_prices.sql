CREATE SEQUENCE "public"."restating_step" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "restated_price" (
	"dimension_set_id" bigint NOT NULL,
	"rate_set_id" bigint NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"run_id" bigint NOT NULL,
	"step" bigint NOT NULL,
	"new_rate_set_id" bigint NOT NULL,
	"is_funded" boolean NOT NULL,
	"input_uncached" numeric(38, 18) DEFAULT 0 NOT NULL,
	"cache_read" numeric(38, 18) DEFAULT 0 NOT NULL,
	"cache_write_5m" numeric(38, 18) DEFAULT 0 NOT NULL,
	"cache_write_1h" numeric(38, 18) DEFAULT 0 NOT NULL,
	"output" numeric(38, 18) DEFAULT 0 NOT NULL,
	"reasoning" numeric(38, 18) DEFAULT 0 NOT NULL,
	"list_input_uncached" numeric(38, 18) DEFAULT 0 NOT NULL,
	"list_cache_read" numeric(38, 18) DEFAULT 0 NOT NULL,
	"list_cache_write_5m" numeric(38, 18) DEFAULT 0 NOT NULL,
	"list_cache_write_1h" numeric(38, 18) DEFAULT 0 NOT NULL,
	"list_output" numeric(38, 18) DEFAULT 0 NOT NULL,
	"list_reasoning" numeric(38, 18) DEFAULT 0 NOT NULL,
	CONSTRAINT "restated_price_dimension_set_id_rate_set_id_to_at_pk" PRIMARY KEY("dimension_set_id","rate_set_id","to_at")
);
--> statement-breakpoint
ALTER TABLE "usage_event" ADD COLUMN "filed_after_step" bigint;--> statement-breakpoint
ALTER TABLE "restated_price" ADD CONSTRAINT "restated_price_run_id_history_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."history_run"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- The ledger as it reads: a row that a pricing run has restated by sums, and that
-- has not been written anew yet, has its new price; `filed_*` say what it holds.
CREATE VIEW "priced_event" AS
SELECT u.id,
  u.started_at,
  u.received_at,
  u.key_id,
  u.dimension_set_id,
  coalesce(p.new_rate_set_id, u.rate_set_id) AS rate_set_id,
  u.signal,
  u.witness,
  u.family,
  u.rank,
  u.counted,
  u.not_counted_because,
  u.twin_of,
  u.trace_id,
  u.span_id,
  u.parent_span_id,
  u.response_id,
  u.tool_call_id,
  u.call_key,
  u.call_key_2,
  u.stream_key,
  u.session_id,
  u.user_id,
  u.calls,
  u.duration_ms,
  u.operation,
  u.model_reported,
  u.attempt,
  u.error_type,
  u.input_uncached,
  u.cache_read,
  u.cache_write_5m,
  u.cache_write_1h,
  u.output,
  u.reasoning,
  u.units,
  (CASE WHEN p.run_id IS NULL THEN u.cost WHEN p.is_funded THEN 0 ELSE
    coalesce(u.input_uncached, 0) * p.input_uncached + coalesce(u.cache_read, 0) * p.cache_read + coalesce(u.cache_write_5m, 0) * p.cache_write_5m + coalesce(u.cache_write_1h, 0) * p.cache_write_1h + coalesce(u.output, 0) * p.output + coalesce(u.reasoning, 0) * p.reasoning END)::numeric(38, 18) AS cost,
  (CASE WHEN p.run_id IS NULL THEN u.list_cost ELSE
    coalesce(u.input_uncached, 0) * p.list_input_uncached + coalesce(u.cache_read, 0) * p.list_cache_read + coalesce(u.cache_write_5m, 0) * p.list_cache_write_5m + coalesce(u.cache_write_1h, 0) * p.list_cache_write_1h + coalesce(u.output, 0) * p.list_output + coalesce(u.reasoning, 0) * p.list_reasoning END)::numeric(38, 18) AS list_cost,
  u.reported_cost,
  CASE WHEN p.is_funded THEN 'included' ELSE u.cost_status END AS cost_status,
  u.funding,
  u.flags,
  u.rule_id,
  u.said,
  u.attributes,
  p.run_id AS restated_by,
  u.rate_set_id AS filed_rate_set_id,
  u.cost AS filed_cost,
  u.list_cost AS filed_list_cost,
  u.cost_status AS filed_cost_status
  FROM "usage_event" u
  LEFT JOIN "restated_price" p
    ON p.dimension_set_id = u.dimension_set_id AND p.rate_set_id = u.rate_set_id
   AND u.counted AND u.started_at >= p.from_at AND u.started_at < p.to_at
   AND (u.filed_after_step IS NULL OR u.filed_after_step < p.step);
