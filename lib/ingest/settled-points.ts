import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import type { Tokens } from "#lib/usage/tokens.ts";

/** Stored cumulative points keep their increase, unless a new point has come just before them. */
export function settledPoints(items: Iterable<LedgerItem>): Map<string, Tokens | null> {
  const settled = new Map<string, Tokens | null>();
  const points = [...items].filter(({ event }) => event.series?.temporality === "cumulative");
  for (const [, stream] of Map.groupBy(points, ({ streamKey }) => streamKey)) {
    const inOrder = stream.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1));
    inOrder.forEach((point, i) => {
      const before = inOrder[i - 1];
      const isNext = before !== undefined && before.filing === null;
      if (point.filing !== null && !isNext) settled.set(point.id, point.filing.tokens);
    });
  }
  return settled;
}
