import type { SqlClient } from "#lib/db/client.ts";
import { floatOf } from "#lib/money/float-usd.ts";
import { explainGroup } from "./explain-group.ts";
import { closeAnomaly } from "./resolve-over.ts";
import { tell } from "./settle.ts";
import type { AnomalyScope, Sighting } from "./sighting.ts";
import type { WatchFacts } from "./watch-facts.ts";

type Open = Pick<Sighting, "kind" | "scope"> & {
  readonly id: string;
  readonly direction: bigint;
  readonly starts_at: Date;
  readonly ends_at: Date;
};

/**
 * Ends what late usage or another price has taken away: open anomalies of the
 * days that are judged, in which this run saw nothing odd, and whose change is
 * below the floor by now. They are told with the money of now.
 *
 * @param since Start of the first day that was judged.
 */
export async function resolveCorrected(
  sql: SqlClient,
  since: number,
  facts: WatchFacts,
  publicUrl: string | null,
): Promise<number> {
  const rows = await sql<Open[]>`
    select id, kind, scope, direction, starts_at, ends_at from anomaly
     where source = 'day' and metric = 'spend' and state in ('open', 'acknowledged')
       and starts_at >= ${new Date(since)} and seen_at < ${new Date(facts.now)}
     order by starts_at limit 200`;
  let resolved = 0;
  for (const row of rows) {
    const group = await explainGroup(sql, { head: headOf(row), others: [] }, facts);
    if (Math.abs(floatOf(group.impact)) >= facts.floors.spend) continue;
    resolved += await sql.begin(async (tx) => {
      const [open] = await tx`
        select id from anomaly where id = ${row.id} and state in ('open', 'acknowledged') for update`;
      if (open === undefined) return 0;
      await tell(tx, row.id, group);
      await closeAnomaly(tx, row.id, "corrected", facts.now, publicUrl);
      return 1;
    });
  }
  return resolved;
}

function headOf({ kind, scope, direction, starts_at, ends_at }: Open): Sighting {
  return {
    ...{ source: "day", kind, metric: "spend", scope: scope as AnomalyScope, keys: [] },
    direction: direction < 0n ? -1 : 1,
    ...{ startsAt: starts_at.getTime(), endsAt: ends_at.getTime(), isNotable: false },
    ...{ excess: 0, measured: null, wasted: null, finding: null },
  };
}
