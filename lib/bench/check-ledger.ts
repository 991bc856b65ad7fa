import type { SqlClient } from "#lib/db/client.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import type { LoadOrder } from "./load-process.ts";
import { spanNamesOf } from "./load-requests.ts";

const ROWS_AT_ONCE = 10_000;

/**
 * Holds the ledger against what was sent: each span once and no other, all of
 * them counted, their tokens, and rollups that are the sums of the rows.
 *
 * @throws on the first thing that is not so.
 */
export async function checkLedger(
  sql: SqlClient,
  { shape, warmUpRequests, requests }: LoadOrder,
  outputTokens: number,
): Promise<void> {
  const missing = new Set<string>();
  for (let request = 0; request < warmUpRequests + requests; request++) {
    for (const name of spanNamesOf(request, shape)) missing.add(name);
  }
  const rows = sql<{ name: string }[]>`
    select encode(trace_id, 'hex') || ' ' || encode(span_id, 'hex') as name from usage_event`;
  for await (const batch of rows.cursor(ROWS_AT_ONCE)) {
    for (const { name } of batch) {
      if (!missing.delete(name)) throw new Error(`the ledger holds span ${name} too often`);
    }
  }
  if (missing.size > 0) throw new Error(`${missing.size} accepted spans are not in the ledger`);
  const [sums] = await sql<{ uncounted: bigint; unpriced: bigint; output: bigint }[]>`
    select count(*) filter (where not counted) as uncounted,
           count(*) filter (where cost_status in ('unpriced', 'partial')) as unpriced,
           coalesce(sum(output) filter (where counted), 0)::bigint as output
      from usage_event`;
  if (sums?.uncounted !== 0n) throw new Error(`${sums?.uncounted} events are not counted`);
  if (sums.unpriced !== 0n) throw new Error(`${sums.unpriced} calls have no price`);
  if (sums.output !== BigInt(outputTokens)) {
    throw new Error(`${outputTokens} output tokens were sent, ${sums.output} are in the ledger`);
  }
  const [drift] = await verifyRollups(sql, { from: null, to: null });
  if (drift !== undefined) throw new Error(`a rollup drifts: ${JSON.stringify(drift)}`);
}
