import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { withinTeams } from "./dimension-sql.ts";
import { type EventRow, eventColumns, type LedgerEvent, toLedgerEvent } from "./ledger-event.ts";
import { namedRows } from "./named-rows.ts";
import { readOnly } from "./read-only.ts";

/** A row that does not count beside the one that counts in its place. */
export type TwinPair = {
  readonly uncounted: LedgerEvent;
  /** Null where no single row takes its place, or where it belongs to a team out of sight. */
  readonly counted: LedgerEvent | null;
};

export type TwinPosition = { readonly startedAt: Date; readonly id: string };

export type TwinQuery = {
  /** Inclusive and exclusive. */
  readonly from: Date;
  readonly to: Date;
  /** Why they do not count; all reasons when left out. */
  readonly reason?: string;
  readonly limit: number;
  readonly after?: TwinPosition;
};

export type TwinPage = {
  readonly pairs: readonly TwinPair[];
  /** Where the next page begins; null on the last. */
  readonly next: TwinPosition | null;
};

/** Rows that do not count, newest first, each with its twin: what was told twice, and by whom. */
export async function listTwins(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, reason, limit, after }: TwinQuery,
): Promise<TwinPage> {
  return readOnly(sql, async (tx) => {
    const rows = await tx<EventRow[]>`
      select ${eventColumns(tx, scope)}
      from priced_event u join dimension_set d on d.id = u.dimension_set_id
      where not u.counted and u.started_at >= ${from} and u.started_at < ${to}
        ${reason === undefined ? tx`` : tx`and u.not_counted_because = ${reason}`}
        ${after === undefined ? tx`` : tx`and (u.started_at, u.id) < (${after.startedAt}, ${after.id}::uuid)`}
        ${withinTeams(tx, scope, tx`d.team`)}
      order by u.started_at desc, u.id desc
      limit ${limit + 1}`;
    const shown = rows.slice(0, limit).map(toLedgerEvent);
    const twins = await eventsById(tx, scope, shown);
    const pairs = shown.map((uncounted) => ({
      uncounted,
      counted: twins.get(uncounted.twinOf ?? "") ?? null,
    }));
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      pairs,
      next: last === undefined ? null : { startedAt: last.startedAt, id: last.id },
    };
  });
}

async function eventsById(
  sql: SqlClient,
  scope: ReadScope,
  uncounted: readonly LedgerEvent[],
): Promise<ReadonlyMap<string, LedgerEvent>> {
  const ids = [...new Set(uncounted.flatMap(({ twinOf }) => twinOf ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await sql<EventRow[]>`
    select ${eventColumns(sql, scope)}
    from ${namedRows(sql, ids)}
    join dimension_set d on d.id = u.dimension_set_id
    where true ${withinTeams(sql, scope, sql`d.team`)}`;
  return new Map(rows.map((row) => [row.id, toLedgerEvent(row)]));
}
