-- Sessions as they read: what rows that a pricing run has restated cost more, and
-- that have not been written anew yet, is added from these.
CREATE VIEW "priced_session" AS
SELECT s.session_id, s.team, s.user_id, s.first_at, s.last_at,
  s.model_calls, s.tool_calls, s.errors, s.retries, s.unpriced_calls, s.unpriced_tokens,
  s.input_uncached, s.cache_read, s.cache_write_5m, s.cache_write_1h, s.output, s.reasoning,
  (s.cost + coalesce(more.cost, 0))::numeric(38, 18) AS cost,
  (s.list_cost + coalesce(more.list_cost, 0))::numeric(38, 18) AS list_cost
FROM "session" s
LEFT JOIN LATERAL (
  SELECT sum(v.cost - v.filed_cost) AS cost, sum(v.list_cost - v.filed_list_cost) AS list_cost
  FROM "priced_event" v JOIN "dimension_set" d ON d.id = v.dimension_set_id
  WHERE EXISTS (SELECT FROM "restated_price")
    AND v.restated_by IS NOT NULL AND v.session_id = s.session_id
    AND v.started_at >= s.first_at AND v.started_at <= s.last_at
    AND d.team = s.team AND coalesce(v.user_id, '') = s.user_id
) more ON true;
