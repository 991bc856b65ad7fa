import type { Fragment } from "postgres";
import type { SqlClient } from "#lib/db/client.ts";
import { startOfEventId } from "#lib/ledger/event-id.ts";

/**
 * The rows of the ledger that have these ids, as a table `u` for a `from`
 * clause. An id tells when its row started, and so in which partition it is:
 * no other is looked into.
 */
export function namedRows(sql: SqlClient, ids: readonly string[]): Fragment {
  const starts = ids.map((id) => new Date(startOfEventId(id) ?? 0).toISOString());
  return sql`unnest(${[...ids]}::text[]::uuid[], ${starts}::text[]::timestamptz[]) as p (id, at)
     cross join lateral (select * from priced_event e where e.started_at = p.at and e.id = p.id) as u`;
}
