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

  const callOf = callFinder(items, tree);
  const standing: Witnessed[] = [];
  for (const aggregate of aggregates) {
    const call = hasUsage(aggregate) ? callOf(aggregate) : null;
    if (call === undefined) standing.push(aggregate);
    else verdicts.set(aggregate.id, call === null ? WITHOUT_USAGE : sumOf(call));
  }
  for (const aggregate of standing) {
    const whole = enclosingAggregate(aggregate, standing, tree);
    if (whole !== null) verdicts.set(aggregate.id, sumOf(whole));
  }
  return verdicts;
}

const WITHOUT_USAGE: Verdict = { because: "aggregate_without_usage", twinOf: null };

function sumOf({ id }: Witnessed): Verdict {
  return { because: "aggregate_of_calls", twinOf: id };
}

function hasUsage({ event }: Witnessed): boolean {
  return event.tokens !== null && totalTokens(event.tokens) > 0;
}

/** Finds a call with usage that an aggregate sums up, if there is any. */
function callFinder(
  items: readonly Witnessed[],
  tree: TraceTree | undefined,
): (aggregate: Witnessed) => Witnessed | undefined {
  const calls = items.filter(
    (item) => item.event.kind === "model_call" && item.event.witness === "call" && hasUsage(item),
  );
  const above = leavesAbove(calls, tree);
  const loose = tree === undefined ? [] : calls.filter((call) => !tree.isComplete(call));
  return (aggregate) => {
    const { spanId, family } = aggregate.event;
    return (
      (spanId === null ? undefined : above.get(spanId)) ??
      loose.find((call) => isDuring(call, aggregate)) ??
      (SUMS_BESIDE_CALLS.has(family)
        ? calls.find((call) => call.event.family === family)
        : undefined)
    );
  };
}

/** For each span above a leaf, the first leaf below it. */
function leavesAbove(
  leaves: readonly Witnessed[],
  tree: TraceTree | undefined,
): Map<string, Witnessed> {
  const above = new Map<string, Witnessed>();
  if (tree === undefined) return above;
  for (const leaf of leaves) {
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
