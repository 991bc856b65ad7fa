import { count, type Forest, plantForest, sessionIn } from "#lib/counting/count.ts";
import { bestOf, type Evidence, evidenceOf, NO_EVIDENCE, scopesOf } from "#lib/counting/scopes.ts";
import type { Outcome } from "#lib/counting/witnessed.ts";
import type { Tx } from "#lib/db/client.ts";
import { hash64 } from "#lib/ledger/hash.ts";
import { findCoveredPoints, findItems, findNeighbours } from "#lib/ledger/known-items.ts";
import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import { lockKeysOf, traceLockKey } from "#lib/ledger/link-keys.ts";
import type { Tokens } from "#lib/usage/tokens.ts";
import type { TraceNode } from "#lib/usage/usage-event.ts";
import { type EvidenceCache, mergeEvidence } from "./evidence-store.ts";
import type { BatchLocks } from "./locks.ts";
import { findNodes } from "./trace-node-store.ts";

const DAY_MS = 86_400_000;
/** Items of one call or trace lie no further apart than this. */
const REACH_MS = 2 * DAY_MS;

/** All items that a batch touches, and what each of them comes to now. */
export type Gathered = {
  /** By id; those with a filing are stored already. */
  readonly items: ReadonlyMap<string, LedgerItem>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** To be remembered once the transaction has committed. */
  readonly evidence: ReadonlyMap<bigint, Evidence>;
};

/**
 * Finds, under lock, everything in the ledger that the arriving items may
 * belong with, and counts it all anew. Ends when nothing further is touched:
 * usually at once, for most calls are the first of their trace.
 */
export async function gather(
  tx: Tx,
  arriving: readonly LedgerItem[],
  nodes: readonly TraceNode[],
  cache: EvidenceCache,
  locks: BatchLocks,
): Promise<Gathered> {
  const search = new Search(tx, arriving, nodes, locks);
  for (;;) {
    await search.close();
    const forest = await search.plant();
    const scopes = scopeKeys(forest);
    const { proofs, fresh } = proofsOf(forest, scopes, cache);
    await locks.lock(tx, proofs.keys());
    const evidence = await mergeEvidence(tx, proofs);
    if (await search.reach(fresh, forest)) continue;

    const evidenceFor = (item: { readonly id: string }) =>
      (scopes.get(item.id)?.judgedBy ?? []).reduce<Evidence>(
        (best, scope) => bestOf(best, evidence.get(scope) ?? NO_EVIDENCE),
        NO_EVIDENCE,
      );
    return { items: search.items, outcomes: count(forest, evidenceFor), evidence };
  }
}

/** The growing set of items that belong together. */
class Search {
  readonly items = new Map<string, LedgerItem>();
  readonly #tx: Tx;
  readonly #nodes: readonly TraceNode[];
  readonly #locks: BatchLocks;
  readonly #seenTraces = new Set<string>();
  readonly #seenKeys = new Set<bigint>();
  readonly #seenSessions = new Set<string>();
  readonly #seenDays = new Set<string>();
  /** Items whose own neighbourhood has not been looked for yet. */
  #open: LedgerItem[];
  #nodeTraces: readonly string[];
  #neighboursFound = false;

  constructor(
    tx: Tx,
    arriving: readonly LedgerItem[],
    nodes: readonly TraceNode[],
    locks: BatchLocks,
  ) {
    this.#locks = locks;
    this.#tx = tx;
    this.#nodes = nodes;
    this.#nodeTraces = [...new Set(nodes.map(({ traceId }) => traceId))];
    for (const item of arriving) this.items.set(item.id, item);
    this.#open = [...this.items.values()];
  }

  /** Locks and reads until every trace and call key of every item has been looked up. */
  async close(): Promise<void> {
    while (this.#open.length > 0 || this.#nodeTraces.length > 0) {
      const open = this.#open;
      const traceIds = unseen(
        [...open.flatMap(({ event }) => event.traceId ?? []), ...this.#nodeTraces],
        this.#seenTraces,
      );
      const callKeys = unseen(
        open.flatMap((item) => item.callKeys),
        this.#seenKeys,
      );
      const ids = open.filter(({ event }) => event.traceId === null).map(({ id }) => id);
      await this.#locks.lock(this.#tx, [
        ...open.flatMap(lockKeysOf),
        ...traceIds.map(traceLockKey),
      ]);
      this.#open = [];
      this.#nodeTraces = [];
      const times = [
        ...open.map(({ startedAtMs }) => startedAtMs),
        ...this.#nodes.map(({ startedAtMs }) => startedAtMs),
      ];
      this.#take(
        await findItems(this.#tx, {
          ids,
          traceIds,
          callKeys,
          sessions: [],
          fromMs: least(times) - REACH_MS,
          toMs: greatest(times) + REACH_MS,
        }),
      );
      await this.#takeNeighbours(open);
    }
  }

  /**
   * Stored copies replace the arriving ones, which are the same item delivered
   * again, and copies read before their lock was held.
   */
  #take(found: readonly LedgerItem[]): void {
    for (const item of found) {
      const isNew = (this.items.get(item.id)?.filing ?? null) === null;
      this.items.set(item.id, item);
      if (isNew) this.#open.push(item);
    }
  }

  async #takeNeighbours(open: readonly LedgerItem[]): Promise<void> {
    if (this.#neighboursFound) return;
    this.#neighboursFound = true;
    const points = open.flatMap(({ streamKey, startedAtMs, event }) =>
      streamKey !== null && event.series?.temporality === "cumulative"
        ? [{ streamKey, startedAtMs }]
        : [],
    );
    this.#take(await findNeighbours(this.#tx, points));
  }

  async plant(): Promise<Forest> {
    const items = withoutRepeats(this.items);
    const stored = await findNodes(this.#tx, [...this.#seenTraces]);
    return plantForest({
      items,
      nodes: [...this.#nodes, ...stored],
      settled: settledPoints(items),
    });
  }

  /** Reads what the new evidence may outrank. True when that brought items in. */
  async reach(fresh: readonly LedgerItem[], forest: Forest): Promise<boolean> {
    const sessions = unseen(
      fresh.flatMap((item) => sessionIn(forest, item) ?? []),
      this.#seenSessions,
    );
    const days = unseen(
      fresh.flatMap(({ event, startedAtMs }) =>
        event.witness === "series" ? [] : [`${Math.floor(startedAtMs / DAY_MS)}|${event.service}`],
      ),
      this.#seenDays,
    );
    if (sessions.length === 0 && days.length === 0) return false;
    const before = this.items.size;
    const times = fresh.map(({ startedAtMs }) => startedAtMs);
    const window = { fromMs: least(times) - REACH_MS, toMs: greatest(times) + REACH_MS };
    this.#take(
      await findItems(this.#tx, { ids: [], traceIds: [], callKeys: [], sessions, ...window }),
    );
    if (days.length > 0) {
      const services = [...new Set(days.map((day) => day.slice(day.indexOf("|") + 1)))];
      this.#take(await findCoveredPoints(this.#tx, services, window));
    }
    return this.items.size > before;
  }
}

/** An item told twice under different times (so with two ids) is still one item: the stored or lesser id stays. */
function withoutRepeats(items: Map<string, LedgerItem>): LedgerItem[] {
  const first = new Map<string, LedgerItem>();
  const inOrder = [...items.values()].sort(
    (a, b) => Number(a.filing === null) - Number(b.filing === null) || (a.id < b.id ? -1 : 1),
  );
  for (const item of inOrder) {
    const key = `${item.event.kind}|${item.event.identity}`;
    if (first.has(key)) items.delete(item.id);
    else first.set(key, item);
  }
  return [...first.values()];
}

/** Stored cumulative points keep their increase, unless a new point has come just before them. */
function settledPoints(items: readonly LedgerItem[]): Map<string, Tokens | null> {
  const settled = new Map<string, Tokens | null>();
  const points = items.filter(({ event }) => event.series?.temporality === "cumulative");
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

type Scopes = { readonly proves: readonly bigint[]; readonly judgedBy: readonly bigint[] };

function scopeKeys(forest: Forest): Map<string, Scopes> {
  return new Map(
    (forest.items as readonly LedgerItem[]).map((item) => {
      const { proves, judgedBy } = scopesOf(item.event, sessionIn(forest, item), item.keyId);
      return [item.id, { proves: proves.map(scopeKey), judgedBy: judgedBy.map(scopeKey) }];
    }),
  );
}

function scopeKey(scope: string): bigint {
  return hash64("scope", scope);
}

/**
 * What to write to the scopes: the proofs that the process has not seen
 * committed, and a question for each item that may be outranked. `fresh` are
 * the items with a new proof: worse items of their scopes must be read.
 */
function proofsOf(
  forest: Forest,
  scopes: ReadonlyMap<string, Scopes>,
  cache: EvidenceCache,
): { proofs: Map<bigint, Evidence>; fresh: LedgerItem[] } {
  const proofs = new Map<bigint, Evidence>();
  const fresh: LedgerItem[] = [];
  const add = (scope: bigint, proof: Evidence) =>
    proofs.set(scope, bestOf(proofs.get(scope) ?? NO_EVIDENCE, proof));
  for (const item of forest.items as readonly LedgerItem[]) {
    const { proves, judgedBy } = scopes.get(item.id) ?? { proves: [], judgedBy: [] };
    for (const scope of judgedBy) add(scope, NO_EVIDENCE);
    const proof = evidenceOf(item.event);
    if (proof === null) continue;
    const unknown = proves.filter((scope) => !cache.holds(scope, proof));
    for (const scope of unknown) add(scope, proof);
    if (unknown.length > 0) fresh.push(item);
  }
  return { proofs, fresh };
}

function unseen<T>(values: readonly T[], seen: Set<T>): T[] {
  const fresh = [...new Set(values)].filter((value) => !seen.has(value));
  for (const value of fresh) seen.add(value);
  return fresh;
}

function least(times: readonly number[]): number {
  return times.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER);
}

function greatest(times: readonly number[]): number {
  return times.reduce((a, b) => Math.max(a, b), 0);
}
