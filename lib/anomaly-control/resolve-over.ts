import { SYSTEM } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
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
    const rows = await tx<{ id: string; kind: string }[]>`
      select id, kind from anomaly
       where state in ('open', 'acknowledged')
         and ends_at < case source when 'agent' then ${since("agent")}::timestamptz
                                   when 'hour' then ${since("hour")}::timestamptz
                                   else ${since("day")}::timestamptz end
       order by id limit 200 for update skip locked`;
    for (const { id, kind } of rows) {
      const because = kind === "level_shift" ? "new_level" : "back_in_range";
      await closeAnomaly(tx, id, because, now, publicUrl);
    }
    return rows.length;
  });
}

/** Resolves an anomaly that the caller has locked, for a reason of the product's own. */
export async function closeAnomaly(
  tx: Tx,
  id: string,
  because: "back_in_range" | "new_level" | "corrected",
  now: number,
  publicUrl: string | null,
): Promise<void> {
  const [row] = await tx<{ announced_at: Date | null }[]>`
    update anomaly
       set state = 'resolved', resolved_at = ${new Date(now)}, resolved_because = ${because}
     where id = ${id}
    returning announced_at`;
  await tx`
    insert into anomaly_note (anomaly_id, at, by, what, text)
    values (${id}, ${new Date(now)}, ${SYSTEM.label}, 'resolved', ${because})`;
  await recordAudit(tx, {
    actor: SYSTEM,
    action: "anomaly.resolved",
    target: { kind: "anomaly", id },
    after: { state: "resolved", because },
  });
  const isAnnounced = row !== undefined && row.announced_at !== null;
  if (isAnnounced && publicUrl !== null) await announce(tx, id, "anomaly.resolved", now, publicUrl);
}
