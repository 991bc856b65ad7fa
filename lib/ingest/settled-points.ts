import { endOf, groupOf, isWhole, NESTING_REACH_MS, nearest } from "#lib/counting/nested-points.ts";
import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import type { Tokens } from "#lib/usage/tokens.ts";

/**
 * Stored points keep what they add: cumulative ones unless a new point has come
 * just before them, and those that hold others unless a point of their group
 * that was read about then is new or adds something else now.
 */
export function settledPoints(items: Iterable<LedgerItem>): Map<string, Tokens | null> {
  const settled = new Map<string, Tokens | null>();
  const points = [...items].filter(({ event }) => event.series !== null);
  const cumulative = points.filter(({ event }) => event.series?.temporality === "cumulative");
  for (const [, stream] of Map.groupBy(cumulative, ({ streamKey }) => streamKey)) {
    const inOrder = stream.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1));
    inOrder.forEach((point, i) => {
      const before = inOrder[i - 1];
      const isNext = before !== undefined && before.filing === null;
      if (point.filing !== null && !isNext) settled.set(point.id, point.filing.tokens);
    });
  }
  settleNested(points, settled);
  return settled;
}

function settleNested(points: readonly LedgerItem[], settled: Map<string, Tokens | null>): void {
  const nested = points.filter((point) => groupOf(point) !== undefined);
  for (const point of nested) {
    const isDelta = point.event.series?.temporality === "delta";
    if (isDelta && point.filing !== null) settled.set(point.id, point.filing.tokens);
  }
  for (const [, group] of Map.groupBy(nested, groupOf)) {
    const changed = group.filter(({ id }) => !settled.has(id)).map(endOf);
    changed.sort((a, b) => a - b);
    for (const whole of group.filter(isWhole)) {
      const change = nearest(changed, endOf(whole)) ?? Number.POSITIVE_INFINITY;
      if (Math.abs(change - endOf(whole)) <= NESTING_REACH_MS) settled.delete(whole.id);
    }
  }
}
