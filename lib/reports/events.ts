import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { scopeAndFilters } from "./dimension-sql.ts";
import { type EventRow, eventColumns, type LedgerEvent, toLedgerEvent } from "./ledger-event.ts";
import { readOnly } from "./read-only.ts";
import type { CostBasis, UsageQuery } from "./usage-query.ts";

/** A place in the order of events: the last one seen. */
export type EventPosition = { readonly startedAt: Date; readonly id: string };

export type EventQuery = {
  /** Inclusive; open when left out. */
  readonly from?: Date;
  /** Exclusive; open when left out. */
  readonly to?: Date;
  readonly filters: UsageQuery["filters"];
  /** Left out: rows that count and rows that do not. */
  readonly counted?: boolean;
  readonly limit: number;
  /** Which of the four costs `cost` is; left out: effective. */
  readonly costBasis?: CostBasis;
  readonly after?: EventPosition;
};

export type EventPage = {
  readonly events: readonly LedgerEvent[];
  /** Where the next page begins; null on the last. */
  readonly next: EventPosition | null;
};

/** Rows of the ledger, newest first, within the viewer's teams. */
export async function listEvents(
  sql: SqlClient,
  scope: ReadScope,
  query: EventQuery,
): Promise<EventPage> {
  const { from, to, counted, after, limit } = query;
  return readOnly(sql, async (tx) => {
    const basis = basisSql(tx, query.costBasis ?? "effective", "u");
    const rows = await tx<EventRow[]>`
      select ${eventColumns(tx, scope, basis.cost)}
      from priced_event u join dimension_set d on d.id = u.dimension_set_id ${basis.join}
      where true
        ${from === undefined ? tx`` : tx`and u.started_at >= ${from}`}
        ${to === undefined ? tx`` : tx`and u.started_at < ${to}`}
        ${counted === undefined ? tx`` : tx`and u.counted = ${counted}`}
        ${
          after === undefined
            ? tx``
            : tx`and u.started_at <= ${after.startedAt}
                 and (u.started_at, u.id) < (${after.startedAt}, ${after.id}::uuid)`
        }
        ${scopeAndFilters(tx, scope, query.filters)}
      order by u.started_at desc, u.id desc
      limit ${limit + 1}`;
    const events = rows.slice(0, limit).map(toLedgerEvent);
    const last = rows.length > limit ? events.at(-1) : undefined;
    return { events, next: last === undefined ? null : positionOf(last) };
  });
}

function positionOf({ startedAt, id }: LedgerEvent): EventPosition {
  return { startedAt, id };
}
