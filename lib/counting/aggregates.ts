import { totalTokens } from "#lib/usage/tokens.ts";
import type { TraceTree } from "./trace-tree.ts";
import type { NotCounted, Witnessed } from "./witnessed.ts";

/** Programs whose sums are siblings of the calls they sum, not parents (DIALECTS section 8). */
const SUMS_BESIDE_CALLS: ReadonlySet<string> = new Set(["openclaw"]);

type Verdict = { readonly because: NotCounted; readonly twinOf: string | null };

/**
 * Which aggregates of one trace do not count (DIALECTS 0.2 rule 4): those
 * without usage, those above a call with usage, and those inside a greater
 * aggregate that sums them up. A call whose chain of parents is broken is taken
 * to be under every aggregate whose time contains it: never add twice.
 *
 * @returns The verdicts by item id; an aggregate that is not in it counts.
 */
export function uncountedAggregates(
  items: readonly Witnessed[],
  tree: TraceTree | undefined,
): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const aggregates = items.filter(({ event }) => event.witness === "aggregate");
  if (aggregates.length === 0) return verdicts;

  const leaves = items.filter(({ event }) => isLeafWithUsage(event));
  const above = leavesAbove(leaves, tree);
  const loose = tree === undefined ? [] : leaves.filter((leaf) => !tree.isComplete(leaf));
  const standing: Witnessed[] = [];
  for (const aggregate of aggregates) {
    const { event, id } = aggregate;
    if (event.tokens === null || totalTokens(event.tokens) === 0) {
      verdicts.set(id, { because: "aggregate_without_usage", twinOf: null });
      continue;
    }
    const leaf =
      (event.spanId === null ? undefined : above.get(event.spanId)) ??
      loose.find((call) => isDuring(call, aggregate)) ??
      (SUMS_BESIDE_CALLS.has(event.family)
        ? leaves.find((call) => call.event.family === event.family)
        : undefined);
    if (leaf === undefined) standing.push(aggregate);
    else verdicts.set(id, { because: "aggregate_of_calls", twinOf: leaf.id });
  }
  for (const aggregate of standing) {
    const whole = enclosingAggregate(aggregate, standing, tree);
    if (whole !== null)
      verdicts.set(aggregate.id, { because: "aggregate_of_calls", twinOf: whole.id });
  }
  return verdicts;
}

function isLeafWithUsage(event: Witnessed["event"]): boolean {
  return (
    event.kind === "model_call" &&
    event.witness === "call" &&
    event.tokens !== null &&
    totalTokens(event.tokens) > 0
  );
}

/** For each span above a leaf, the leaf of least id below it. */
function leavesAbove(
  leaves: readonly Witnessed[],
  tree: TraceTree | undefined,
): Map<string, Witnessed> {
  const above = new Map<string, Witnessed>();
  if (tree === undefined) return above;
  const inOrder = [...leaves].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const leaf of inOrder) {
    for (const { spanId } of tree.ancestors(leaf)) {
      if (above.has(spanId)) break;
      above.set(spanId, leaf);
    }
  }
  return above;
}

function isDuring({ event: call }: Witnessed, { event: aggregate }: Witnessed): boolean {
  const end = aggregate.startedAtMs + (aggregate.durationMs ?? 0);
  return call.startedAtMs >= aggregate.startedAtMs && call.startedAtMs <= end;
}

/** The nearest standing aggregate around this one that is large enough to hold it. */
function enclosingAggregate(
  inner: Witnessed,
  standing: readonly Witnessed[],
  tree: TraceTree | undefined,
): Witnessed | null {
  if (tree === undefined || inner.event.tokens === null) return null;
  const ids = new Set(standing.map(({ id }) => id));
  for (const { items } of tree.ancestors(inner)) {
    for (const outer of items) {
      const held = ids.has(outer.id) && outer.id !== inner.id ? outer.event.tokens : null;
      if (held !== null && totalTokens(held) >= totalTokens(inner.event.tokens)) return outer;
    }
  }
  return null;
}
