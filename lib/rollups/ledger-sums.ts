/**
 * What one counted row of the ledger adds, as SQL over `priced_event u` joined
 * to `dimension_set d`: `contributionOf` (contribution.ts) in the words of the
 * database. Rebuilding, verifying and questions that no rollup can answer all
 * add up this.
 */
const IS_UNPRICED = "u.cost_status in ('unpriced', 'partial')";
const BILLED_TOKENS =
  "(u.input_uncached + u.cache_read + u.cache_write_5m + u.cache_write_1h + u.output)";

export const LEDGER_SUMS: readonly (readonly [name: string, sum: string])[] = [
  ["model_calls", "sum(case when d.kind = 'model_call' then u.calls else 0 end)"],
  ["tool_calls", "count(*) filter (where d.kind = 'tool_call')"],
  ["errors", "count(*) filter (where d.status = 'error')"],
  ["retries", "count(*) filter (where u.attempt > 1)"],
  ["unpriced_calls", `coalesce(sum(greatest(u.calls, 1)) filter (where ${IS_UNPRICED}), 0)`],
  ["unpriced_tokens", `coalesce(sum(${BILLED_TOKENS}) filter (where ${IS_UNPRICED}), 0)`],
  ["input_uncached", "coalesce(sum(u.input_uncached), 0)"],
  ["cache_read", "coalesce(sum(u.cache_read), 0)"],
  ["cache_write_5m", "coalesce(sum(u.cache_write_5m), 0)"],
  ["cache_write_1h", "coalesce(sum(u.cache_write_1h), 0)"],
  ["output", "coalesce(sum(u.output), 0)"],
  ["reasoning", "coalesce(sum(u.reasoning), 0)"],
  ["cost", "coalesce(sum(u.cost), 0)"],
  ["list_cost", "coalesce(sum(u.list_cost), 0)"],
];

/** The rows that add to rollups. */
export const LEDGER_ROWS =
  "priced_event u join dimension_set d on d.id = u.dimension_set_id where u.counted and d.kind <> 'agent_run'";
