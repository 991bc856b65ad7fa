import { SYSTEM } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { announce } from "./announce.ts";

const HOUR_MS = 3_600_000;
/** So long after its last odd moment an anomaly is over, by what saw it. */
const OVER_AFTER_MS = { agent: HOUR_MS, hour: 7 * HOUR_MS, day: 96 * HOUR_MS } as const;

/** Resolves what has not been odd for a while; says so where its opening was said. */
export async function resolveOver(
  sql: SqlClient,
  now: number,
  publicUrl: string | null,
): Promise<number> {
  const since = (source: keyof typeof OVER_AFTER_MS) => new Date(now - OVER_AFTER_MS[source]);
  return sql.begin(async (tx) => {
    const rows = await tx<{ id: string; announced_at: Date | null; because: string }[]>`
      with over as (
        select id from anomaly
         where state in ('open', 'acknowledged')
           and ends_at < case source when 'agent' then ${since("agent")}::timestamptz
                                     when 'hour' then ${since("hour")}::timestamptz
                                     else ${since("day")}::timestamptz end
         order by id limit 200 for update skip locked)
      update anomaly a
         set state = 'resolved', resolved_at = ${new Date(now)},
             resolved_because = case when kind = 'level_shift' then 'new_level'
                                     else 'back_in_range' end
        from over where a.id = over.id
      returning a.id, a.announced_at, a.resolved_because as because`;
    for (const { id, announced_at: announcedAt, because } of rows) {
      await tx`
        insert into anomaly_note (anomaly_id, at, by, what, text)
        values (${id}, ${new Date(now)}, ${SYSTEM.label}, 'resolved', ${because})`;
      await recordAudit(tx, {
        actor: SYSTEM,
        action: "anomaly.resolved",
        target: { kind: "anomaly", id },
        after: { state: "resolved", because },
      });
      if (announcedAt !== null && publicUrl !== null)
        await announce(tx, id, "anomaly.resolved", now, publicUrl);
    }
    return rows.length;
  });
}
