import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { withinTeams } from "./dimension-sql.ts";
import {
  type EventRow,
  eventColumns,
  type LedgerEvent,
  tokensOf,
  toLedgerEvent,
  usdOrNull,
} from "./ledger-event.ts";
import { addMeasures, NO_MEASURES } from "./measures.ts";
import { namedRows } from "./named-rows.ts";
import {
  buildNodes,
  type NodeEvent,
  type Parents,
  type SpanNode,
  spanKey,
} from "./session-nodes.ts";
import type { CostBasis, Measures } from "./usage-query.ts";

/** A larger session is shown by its first events; its sums say so. */
const MOST_EVENTS = 50_000;

/** The whole shape of a session with all its sums, without what its events say. */
export type SessionSkeleton = {
  readonly session: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly total: Measures;
  readonly roots: readonly SpanNode[];
  /** False when the session has more events than are read. */
  readonly isComplete: boolean;
};

/** @returns null when the viewer may see no event of such a session. */
export async function readSkeleton(
  sql: SqlClient,
  scope: ReadScope,
  session: string,
  costBasis: CostBasis = "effective",
): Promise<SessionSkeleton | null> {
  const basis = basisSql(sql, costBasis, "u");
  const rows = await sql<NodeRow[]>`
    select u.id, u.started_at, encode(u.trace_id, 'hex') as trace_id,
           encode(u.span_id, 'hex') as span_id, encode(u.parent_span_id, 'hex') as parent_span_id,
           u.counted, u.calls, u.input_uncached, u.cache_read, u.cache_write_5m, u.cache_write_1h,
           u.output, u.reasoning, ${basis.cost} as cost, u.list_cost, u.cost_status, d.kind, d.status
    from priced_event u join dimension_set d on d.id = u.dimension_set_id ${basis.join}
    where u.session_id = ${session} ${withinTeams(sql, scope, sql`d.team`)}
    order by u.started_at, u.id
    limit ${MOST_EVENTS + 1}`;
  const events = rows.slice(0, MOST_EVENTS).map(toNodeEvent);
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return null;
  const roots = buildNodes(events, await readParents(sql, events));
  return {
    session,
    firstAt: first.startedAt,
    lastAt: last.startedAt,
    total: roots.reduce((sum, { subtotal }) => addMeasures(sum, subtotal), NO_MEASURES),
    roots,
    isComplete: rows.length <= MOST_EVENTS,
  };
}

/** What the events of some nodes say, by id. */
export async function readEvents(
  sql: SqlClient,
  scope: ReadScope,
  nodes: readonly SpanNode[],
  costBasis: CostBasis = "effective",
): Promise<ReadonlyMap<string, LedgerEvent>> {
  const basis = basisSql(sql, costBasis, "u");
  const ids = nodes.flatMap(({ event }) => event?.id ?? []);
  const rows = await sql<EventRow[]>`
    select ${eventColumns(sql, scope, basis.cost)}
    from ${namedRows(sql, ids)}
    join dimension_set d on d.id = u.dimension_set_id ${basis.join}`;
  return new Map(rows.map((row) => [row.id, toLedgerEvent(row)]));
}

/** The spans that are no usage, of traces in which an event's parent is none of the events. */
async function readParents(sql: SqlClient, events: readonly NodeEvent[]): Promise<Parents> {
  const known = new Set(events.map(({ traceId, spanId }) => spanKey(traceId, spanId)));
  const open = events.filter(({ traceId, parentSpanId }) => {
    const parent = spanKey(traceId, parentSpanId);
    return parent !== null && !known.has(parent);
  });
  const traceIds = [...new Set(open.flatMap(({ traceId }) => traceId ?? []))];
  if (traceIds.length === 0) return new Map();
  const spans = await sql<{ trace_id: string; span_id: string; parent_span_id: string | null }[]>`
    select encode(n.trace_id, 'hex') as trace_id, span ->> 'spanId' as span_id,
           span ->> 'parentSpanId' as parent_span_id
    from trace_node n cross join lateral jsonb_array_elements(n.nodes) span
    where n.trace_id in (select decode(id, 'hex') from unnest(${traceIds}::text[]) id)
    limit ${MOST_EVENTS}`;
  return new Map(spans.map((s) => [`${s.trace_id}:${s.span_id}`, s.parent_span_id]));
}

type NodeRow = Pick<
  EventRow,
  | "id"
  | "started_at"
  | "trace_id"
  | "span_id"
  | "parent_span_id"
  | "counted"
  | "calls"
  | "cost"
  | "list_cost"
  | "cost_status"
  | "kind"
  | "status"
  | "input_uncached"
  | "cache_read"
  | "cache_write_5m"
  | "cache_write_1h"
  | "output"
  | "reasoning"
>;

function toNodeEvent(row: NodeRow): NodeEvent {
  return {
    id: row.id,
    startedAt: row.started_at,
    traceId: row.trace_id,
    spanId: row.span_id,
    parentSpanId: row.parent_span_id,
    kind: row.kind,
    status: row.status,
    counted: row.counted,
    calls: row.calls,
    tokens: tokensOf(row),
    cost: usdOrNull(row.cost),
    listCost: usdOrNull(row.list_cost),
    costStatus: row.cost_status,
  };
}
