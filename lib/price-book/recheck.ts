import { type AuditActor, actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";

/** Somebody looked at a price again, at its source, and found it as it is. */
export type Recheck = {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly url: string;
  readonly quote: string;
  readonly by: string;
};

/** The latest look at each price that was looked at again, by the price's id. */
export type Rechecks = ReadonlyMap<string, Recheck>;

export async function readRechecks(sql: SqlClient): Promise<Rechecks> {
  const rows = await sql<(Recheck & { readonly id: string })[]>`
    select distinct on (rate_key) rate_key as id, checked_at::text as day, source_url as url,
           source_quote as quote, recorded_by as by
      from price_check order by rate_key, checked_at desc, recorded_at desc`;
  return new Map(rows.map(({ id, ...recheck }) => [id, recheck]));
}

/**
 * Records that a person looked at prices and found them unchanged, with the
 * words of the source.
 *
 * @param ids Of the prices as they are listed.
 */
export async function recordRecheck(
  sql: SqlClient,
  ids: readonly string[],
  look: Pick<Recheck, "day" | "url" | "quote">,
  by: AuditActor,
): Promise<void> {
  if (ids.length === 0) return;
  const { day, url, quote } = look;
  await sql.begin(async (tx) => {
    await tx`
      insert into price_check (rate_key, checked_at, source_url, source_quote, recorded_by)
      select id, ${day}, ${url}, ${quote}, ${actorName(by)}
        from unnest(${[...ids]}::text[]) as n (id)`;
    await recordAudit(tx, {
      actor: by,
      action: "price.rechecked",
      target: { kind: "price", id: ids[0] ?? "" },
      after: { count: ids.length, checked_at: day, url, quote },
    });
  });
}
