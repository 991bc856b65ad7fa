CREATE TABLE "usage_day_person" (
	"day" timestamp with time zone NOT NULL,
	"team" text NOT NULL,
	"kind" text NOT NULL,
	"user_id" text NOT NULL,
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
	CONSTRAINT "usage_day_person_pk" PRIMARY KEY("day","team","kind","user_id")
);
--> statement-breakpoint
INSERT INTO "usage_day_person" (day, team, kind, user_id, model_calls, tool_calls, errors, retries,
  unpriced_calls, unpriced_tokens, input_uncached, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
  cost, list_cost)
SELECT r.day, d.team, d.kind, r.user_id, sum(r.model_calls), sum(r.tool_calls),
  sum(r.errors), sum(r.retries), sum(r.unpriced_calls), sum(r.unpriced_tokens), sum(r.input_uncached),
  sum(r.cache_read), sum(r.cache_write_5m), sum(r.cache_write_1h), sum(r.output), sum(r.reasoning),
  sum(r.cost), sum(r.list_cost)
FROM "usage_day_user" r JOIN "dimension_set" d ON d.id = r.dimension_set_id
GROUP BY 1, 2, 3, 4;
