import type { Fragment } from "postgres";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { RowSink } from "#lib/tables/row-sink.ts";
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
  /** Only what was priced with it. */
  readonly rateSetId?: string;
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
  return readOnly(sql, (tx) => readEvents(tx, scope, query));
}

/** What comes before the rows of a file of events. */
export type EventsHead = {
  readonly rowCount: number;
  /** Of the rows that count: what usage says of the same question. */
  readonly total: Usd;
  readonly unpricedCalls: number;
  readonly asOf: Date;
};

/** The same rows for files of any length: page by page, all of one snapshot. */
export async function streamEvents(
  sql: SqlClient,
  scope: ReadScope,
  query: Omit<EventQuery, "limit" | "after">,
  sink: RowSink<EventsHead, LedgerEvent>,
): Promise<void> {
  await readOnly(sql, async (tx) => {
    const write = await sink(await readHead(tx, scope, query));
    let after: EventPosition | null = null;
    do {
      const page: EventPage = await readEvents(tx, scope, {
        ...query,
        limit: ROWS_AT_ONCE,
        ...(after && { after }),
      });
      await write(page.events);
      after = page.next;
    } while (after !== null);
  });
}

const ROWS_AT_ONCE = 1_000;

async function readEvents(tx: SqlClient, scope: ReadScope, query: EventQuery): Promise<EventPage> {
  const { after, limit } = query;
  const basis = basisSql(tx, query.costBasis ?? "effective", "u");
  const rows = await tx<EventRow[]>`
    select ${eventColumns(tx, scope, basis.cost)}
    from priced_event u join dimension_set d on d.id = u.dimension_set_id ${basis.join}
    where ${asked(tx, scope, query)}
      ${
        after === undefined
          ? tx``
          : tx`and u.started_at <= ${after.startedAt}
               and (u.started_at, u.id) < (${after.startedAt}, ${after.id}::uuid)`
      }
    order by u.started_at desc, u.id desc
    limit ${limit + 1}`;
  const events = rows.slice(0, limit).map(toLedgerEvent);
  const last = rows.length > limit ? events.at(-1) : undefined;
  return { events, next: last === undefined ? null : positionOf(last) };
}

async function readHead(
  tx: SqlClient,
  scope: ReadScope,
  query: Omit<EventQuery, "limit" | "after">,
): Promise<EventsHead> {
  const basis = basisSql(tx, query.costBasis ?? "effective", "u");
  type Row = { rows: bigint; cost: string; unpriced: bigint; as_of: Date };
  const [row] = await tx<Row[]>`
    select count(*) as rows, now() as as_of,
           coalesce(sum(${basis.cost}) filter (where u.counted and d.kind <> 'agent_run'), 0) as cost,
           coalesce(sum(greatest(1, u.calls)) filter (
             where u.counted and d.kind <> 'agent_run'
               and u.cost_status in ('unpriced', 'partial')), 0)::int8 as unpriced
    from priced_event u join dimension_set d on d.id = u.dimension_set_id ${basis.join}
    where ${asked(tx, scope, query)}`;
  if (row === undefined) throw new Error("a sum without its row");
  const { rows, cost, unpriced, as_of: asOf } = row;
  return {
    rowCount: Number(rows),
    total: parseUsd(cost),
    unpricedCalls: Number(unpriced),
    asOf,
  };
}

function asked(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, counted, rateSetId, filters }: Omit<EventQuery, "limit">,
): Fragment {
  return sql`true
    ${from === undefined ? sql`` : sql`and u.started_at >= ${from}`}
    ${to === undefined ? sql`` : sql`and u.started_at < ${to}`}
    ${counted === undefined ? sql`` : sql`and u.counted = ${counted}`}
    ${rateSetId === undefined ? sql`` : sql`and u.rate_set_id = ${rateSetId}`}
    ${scopeAndFilters(sql, scope, filters)}`;
}

function positionOf({ startedAt, id }: LedgerEvent): EventPosition {
  return { startedAt, id };
}
