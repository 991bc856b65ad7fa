import type { LedgerEvent } from "./ledger-event.ts";
import { addMeasures, measuresOfEvent, NO_MEASURES } from "./measures.ts";
import type { Measures } from "./usage-query.ts";

/** As much of a row of the ledger as the shape and the sums of a tree take. */
export type NodeEvent = Pick<
  LedgerEvent,
  | "id"
  | "startedAt"
  | "traceId"
  | "spanId"
  | "parentSpanId"
  | "kind"
  | "status"
  | "counted"
  | "calls"
  | "tokens"
  | "cost"
  | "listCost"
  | "costStatus"
>;

/** One node of a session's tree: a trace (a run), or a row of the ledger below it. */
export type SpanNode = {
  /** The trace id, or the id of the event. */
  readonly id: string;
  /** Null for traces. */
  readonly event: NodeEvent | null;
  readonly parent: SpanNode | null;
  /** In order of time. */
  readonly children: readonly SpanNode[];
  /** The node's own usage and that of everything below it; rows that do not count add nothing. */
  readonly subtotal: Measures;
};

/** `TRACE:SPAN` of a span that is no usage, to the span above it. */
export type Parents = ReadonlyMap<string, string | null>;

type Draft = {
  readonly id: string;
  readonly event: NodeEvent | null;
  parent: Draft | null;
  readonly children: Draft[];
  subtotal: Measures;
};

/** The roots of the tree that a session's events make, given the spans between them; events in order of time. */
export function buildNodes(events: readonly NodeEvent[], parents: Parents): readonly SpanNode[] {
  const drafts = events.map(
    (event): Draft => ({
      ...{ id: event.id, event, parent: null, children: [] },
      subtotal: measuresOfEvent(event),
    }),
  );
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
  return roots;
}

/** Every node, each before those below it. Iterative: a trace may be thousands of spans deep. */
export function* depthFirst(
  roots: readonly SpanNode[],
): Generator<{ readonly node: SpanNode; readonly depth: number }> {
  const stack = roots.map((node) => ({ node, depth: 0 })).reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    yield top;
    const depth = top.depth + 1;
    for (let i = top.node.children.length - 1; i >= 0; i--) {
      const node = top.node.children[i];
      if (node !== undefined) stack.push({ node, depth });
    }
  }
}

export function spanKey(traceId: string | null, spanId: string | null): string | null {
  return traceId === null || spanId === null ? null : `${traceId}:${spanId}`;
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
