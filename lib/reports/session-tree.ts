import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { withinTeams } from "./dimension-sql.ts";
import { type EventRow, eventColumns, type LedgerEvent, toLedgerEvent } from "./ledger-event.ts";
import { addMeasures, measuresOfEvent, NO_MEASURES } from "./measures.ts";
import { readOnly } from "./read-only.ts";
import type { CostBasis, Measures } from "./usage-query.ts";

/** A larger session is shown by its first events; its sums say so. */
const MOST_EVENTS = 50_000;

/** One node of a session's tree: a trace (a run), or a row of the ledger below it. */
export type TreeNode = {
  /** The trace id, or the id of the event. */
  readonly id: string;
  readonly parentId: string | null;
  /** 0 for traces and for events without one. */
  readonly depth: number;
  readonly childCount: number;
  /** Null for traces. */
  readonly event: LedgerEvent | null;
  /** The node's own usage and that of everything below it; rows that do not count add nothing. */
  readonly subtotal: Measures;
};

export type SessionTree = {
  readonly session: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly total: Measures;
  /** Depth first, in order of time. */
  readonly nodes: readonly TreeNode[];
  readonly nodeCount: number;
  /** False when the session has more events than are read. */
  readonly isComplete: boolean;
};

/**
 * A page of one session's tree. Subtotals are over the whole session whatever
 * the page.
 *
 * @returns null when the viewer may see no event of such a session.
 */
export async function sessionTree(
  sql: SqlClient,
  scope: ReadScope,
  session: string,
  page: { readonly limit: number; readonly offset: number; readonly costBasis?: CostBasis },
): Promise<SessionTree | null> {
  const { costBasis = "effective" } = page;
  const { events, parents } = await readOnly(sql, (tx) =>
    readSession(tx, scope, session, costBasis),
  );
  const [first] = events;
  if (first === undefined) return null;
  const shown = events.slice(0, MOST_EVENTS);
  const nodes = buildTree(shown, parents);
  return {
    session,
    firstAt: first.startedAt,
    lastAt: shown.at(-1)?.startedAt ?? first.startedAt,
    total: shown.reduce((sum, event) => addMeasures(sum, measuresOfEvent(event)), NO_MEASURES),
    nodes: nodes.slice(page.offset, page.offset + page.limit),
    nodeCount: nodes.length,
    isComplete: events.length <= MOST_EVENTS,
  };
}

/** `TRACE:SPAN` of a span that is no usage, to the span above it. */
type Parents = ReadonlyMap<string, string | null>;

async function readSession(
  sql: SqlClient,
  scope: ReadScope,
  session: string,
  costBasis: CostBasis,
): Promise<{ events: LedgerEvent[]; parents: Parents }> {
  const basis = basisSql(sql, costBasis, "u");
  const rows = await sql<EventRow[]>`
    select ${eventColumns(sql, scope, basis.cost)}
    from priced_event u join dimension_set d on d.id = u.dimension_set_id ${basis.join}
    where u.session_id = ${session}
      ${withinTeams(sql, scope, sql`d.team`)}
    order by u.started_at, u.id
    limit ${MOST_EVENTS + 1}`;
  const traceIds = [...new Set(rows.flatMap(({ trace_id }) => trace_id ?? []))];
  const spans = await sql<{ trace_id: string; span_id: string; parent_span_id: string | null }[]>`
    select encode(n.trace_id, 'hex') as trace_id, span ->> 'spanId' as span_id,
           span ->> 'parentSpanId' as parent_span_id
    from trace_node n cross join lateral jsonb_array_elements(n.nodes) span
    where n.trace_id in (select decode(id, 'hex') from unnest(${traceIds}::text[]) id)
    limit ${MOST_EVENTS}`;
  return {
    events: rows.map(toLedgerEvent),
    parents: new Map(spans.map((s) => [`${s.trace_id}:${s.span_id}`, s.parent_span_id])),
  };
}

type Draft = {
  readonly id: string;
  readonly event: LedgerEvent | null;
  parent: Draft | null;
  readonly children: Draft[];
  subtotal: Measures;
};

/** Pure: the tree of a session's events, given the spans between them. Exported for tests. */
export function buildTree(events: readonly LedgerEvent[], parents: Parents): TreeNode[] {
  const drafts = events.map((event): Draft => ({ id: event.id, event, ...leaf(event) }));
  const bySpan = new Map<string, Draft>();
  for (const draft of drafts) {
    const { event } = draft;
    // Of several rows about one span the first stands for it.
    const key = event === null ? null : spanKey(event.traceId, event.spanId);
    if (key !== null && !bySpan.has(key)) bySpan.set(key, draft);
  }
  const traces = new Map<string, Draft>();
  const roots: Draft[] = [];
  for (const draft of drafts) attach(draft, bySpan, parents, traces, roots);
  for (const root of roots) sumUp(root);
  return flatten(roots);
}

function leaf(event: LedgerEvent) {
  return { parent: null, children: [], subtotal: measuresOfEvent(event) };
}

function attach(
  draft: Draft,
  bySpan: ReadonlyMap<string, Draft>,
  parents: Parents,
  traces: Map<string, Draft>,
  roots: Draft[],
): void {
  const traceId = draft.event?.traceId ?? null;
  if (traceId === null) {
    roots.push(draft);
    return;
  }
  const above = nearestAbove(draft, bySpan, parents);
  if (above !== null) {
    draft.parent = above;
    above.children.push(draft);
    return;
  }
  let trace = traces.get(traceId);
  if (trace === undefined) {
    trace = { id: traceId, event: null, parent: null, children: [], subtotal: NO_MEASURES };
    traces.set(traceId, trace);
    roots.push(trace);
  }
  draft.parent = trace;
  trace.children.push(draft);
}

/** Walks up over spans that are no usage. Hostile traces may hold rings. */
function nearestAbove(
  draft: Draft,
  bySpan: ReadonlyMap<string, Draft>,
  parents: Parents,
): Draft | null {
  const { event } = draft;
  if (event === null) return null;
  const seen = new Set<string>();
  let key = spanKey(event.traceId, event.parentSpanId);
  while (key !== null && !seen.has(key)) {
    seen.add(key);
    const found = bySpan.get(key);
    if (found !== undefined) return isAbove(draft, found) ? null : found;
    key = spanKey(event.traceId, parents.get(key) ?? null);
  }
  return null;
}

/** Only a node that has children already can be above another. */
function isAbove(upper: Draft, lower: Draft): boolean {
  if (upper === lower) return true;
  if (upper.children.length === 0) return false;
  for (let at = lower.parent; at !== null; at = at.parent) if (at === upper) return true;
  return false;
}

function spanKey(traceId: string | null, spanId: string | null): string | null {
  return traceId === null || spanId === null ? null : `${traceId}:${spanId}`;
}

/** Iterative: a trace may be thousands of spans deep. */
function sumUp(root: Draft): void {
  const order = [root];
  for (let i = 0; i < order.length; i++) order.push(...(order[i]?.children ?? []));
  for (const node of order.reverse()) {
    if (node.parent !== null) {
      node.parent.subtotal = addMeasures(node.parent.subtotal, node.subtotal);
    }
  }
}

function flatten(roots: readonly Draft[]): TreeNode[] {
  const nodes: TreeNode[] = [];
  const stack = roots.map((draft) => ({ draft, depth: 0 })).reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { draft, depth } = top;
    nodes.push({
      id: draft.id,
      parentId: draft.parent?.id ?? null,
      depth,
      childCount: draft.children.length,
      event: draft.event,
      subtotal: draft.subtotal,
    });
    for (const child of draft.children.toReversed()) stack.push({ draft: child, depth: depth + 1 });
  }
  return nodes;
}
