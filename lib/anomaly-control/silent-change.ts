import type { SqlClient } from "#lib/db/client.ts";
import type { AnomalyScope } from "./sighting.ts";

/** As long a weekend, so that Monday is compared with Friday. */
const BEFORE_MS = 72 * 3_600_000;

/**
 * Whether an agent asks for no other models than before, although others answer.
 * Read from the ledger, for the rollups know only who answered; so it is asked
 * of an agent whose models have changed, and of no other.
 *
 * @param since From then on another model answers.
 */
export async function isSilentChange(
  sql: SqlClient,
  { team, agent }: AnomalyScope,
  since: Date,
): Promise<boolean> {
  const rows = await sql<{ is_now: boolean; asked: string }[]>`
    select distinct e.started_at >= ${since} as is_now,
           coalesce(e.said ->> 'requestModel', d.model, '') as asked
      from usage_event e join dimension_set d on d.id = e.dimension_set_id
     where e.started_at >= ${new Date(since.getTime() - BEFORE_MS)} and e.counted
       and d.kind = 'model_call' and d.team = ${team ?? ""}
       and d.agent is not distinct from ${agent ?? null}`;
  const asked = (isNow: boolean) =>
    rows.filter((row) => row.is_now === isNow).map((row) => row.asked);
  const before = new Set(asked(false));
  return before.size > 0 && asked(true).every((model) => before.has(model));
}
