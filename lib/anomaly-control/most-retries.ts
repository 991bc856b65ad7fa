import type { SqlClient } from "#lib/db/client.ts";
import type { Sighting } from "./sighting.ts";

/**
 * How often one call of a retry storm was tried again at most; 0 where nobody
 * numbers tries. Read from the ledger, for the rollups know only how many calls
 * were tried again; so it is asked of storms, and of nothing else.
 */
export async function mostRetries(
  sql: SqlClient,
  { scope, startsAt, endsAt }: Pick<Sighting, "scope" | "startsAt" | "endsAt">,
): Promise<number> {
  const [row] = await sql<{ attempt: number | null }[]>`
    select max(e.attempt) as attempt
      from usage_event e join dimension_set d on d.id = e.dimension_set_id
     where e.started_at >= ${new Date(startsAt)} and e.started_at < ${new Date(endsAt)}
       and e.counted and d.kind = 'model_call' and d.team = ${scope.team ?? ""}
       and d.agent is not distinct from ${scope.agent ?? null}`;
  return Math.max(0, (row?.attempt ?? 1) - 1);
}
