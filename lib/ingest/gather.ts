import { count, sessionIn } from "#lib/counting/count.ts";
import { type Evidence, isSameEvidence } from "#lib/counting/scopes.ts";
import { isNearMidnight } from "#lib/counting/trace-twins.ts";
import type { Outcome } from "#lib/counting/witnessed.ts";
import type { Tx } from "#lib/db/client.ts";
import { findTwins } from "#lib/ledger/find-twins.ts";
import { findCoveredPoints, findItems, findNeighbours } from "#lib/ledger/known-items.ts";
import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import { nestingKeysOf } from "#lib/ledger/link-keys.ts";
import type { TraceNode } from "#lib/usage/usage-event.ts";
import { type Draft, draftBatch, evidenceIn } from "./draft.ts";
import { type EvidenceCache, mergeEvidence, mixedScopes } from "./evidence-store.ts";
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
 * Finds everything in the ledger that a drafted batch may belong with, and
 * counts it all anew. The ledger must be locked. For most batches there is
 * nothing to find, and the draft holds: its questions are asked in one go.
 *
 * @param partitions Those of the days around the draft's items; they must exist.
 */
export async function gather(
  tx: Tx,
  draft: Draft,
  cache: EvidenceCache,
  partitions: readonly string[],
): Promise<Gathered> {
  const evidence = new Map<bigint, Evidence>();
  const seen = new Seen();
  const crowded = new Set<bigint>();
  for (let current = draft; ; ) {
    const isFirst = current === draft;
    const twinned = [...current.items.values()].filter(({ twinKeys }) => twinKeys.length > 0);
    const [found, nodes, merged, mixed] = await Promise.all([
      findRelated(tx, current, seen, isFirst ? partitions : null),
      findNodes(tx, seen.fresh("trace", tracesOf(current))),
      mergeEvidence(tx, current.proofs),
      // After the proofs, so that these are seen too.
      mixedScopes(tx, daysOf(twinned, current)),
    ]);
    for (const [scope, held] of merged) evidence.set(scope, held);
    const isMixed = (item: LedgerItem) => daysOf([item], current).some((day) => mixed.has(day));
    const open = twinned.filter(
      (item) => isNearMidnight(item.startedAtMs) || (mixed.size > 0 && isMixed(item)),
    );
    const keys = seen.fresh(
      "twin",
      open.flatMap(({ twinKeys }) => twinKeys),
    );
    const twins = await findTwins(tx, open, keys);
    for (const key of twins.crowded) crowded.add(key);
    const news = [...found, ...twins.items].filter(
      ({ id }) => (current.items.get(id)?.filing ?? null) === null,
    );
    if (news.length + nodes.length + twins.crowded.length === 0) {
      return { ...judged(current, evidence), evidence };
    }

    // Stored copies take the place of the arriving ones, which are the same items delivered again.
    const items = new Map(current.items);
    for (const item of news) items.set(item.id, item);
    current = draftBatch(items, [...current.nodes, ...nodes], cache, crowded);
  }
}

/** The scopes of the days of the calls' services, in which their twins may be. */
function daysOf(calls: readonly LedgerItem[], { scopes }: Draft): bigint[] {
  const days = new Set<bigint>();
  for (const { id } of calls) {
    const day = scopes.get(id)?.proves.at(-1);
    if (day !== undefined) days.add(day);
  }
  return [...days];
}

/** The draft as it is, unless a scope holds more than the draft knew. */
function judged(
  { items, forest, scopes, proofs, outcomes }: Draft,
  evidence: ReadonlyMap<bigint, Evidence>,
): Pick<Gathered, "items" | "outcomes"> {
  const isAsDrafted = [...proofs].every(([scope, assumed]) => {
    const held = evidence.get(scope);
    return held === undefined || isSameEvidence(held, assumed);
  });
  return { items, outcomes: isAsDrafted ? outcomes : count(forest, evidenceIn(scopes, evidence)) };
}

/** Stored items of the same traces and calls, the same sessions and services where something is proven there, and the points around. */
async function findRelated(
  tx: Tx,
  draft: Draft,
  seen: Seen,
  partitions: readonly string[] | null,
): Promise<LedgerItem[]> {
  const items = [...draft.items.values()];
  const window = windowAround([
    ...items.map(({ startedAtMs }) => startedAtMs),
    ...draft.nodes.map(({ startedAtMs }) => startedAtMs),
  ]);
  const traceless = items.filter(({ event, filing }) => filing === null && event.traceId === null);
  const sessions = draft.fresh.flatMap((item) => sessionIn(draft.forest, item) ?? []);
  const services = draft.fresh.map(
    ({ event, startedAtMs }) => `${Math.floor(startedAtMs / DAY_MS)}|${event.service}`,
  );
  // Of a stored point that may add something else now, what it is measured against is needed again.
  const points = items.filter(
    ({ event, id }) => event.series !== null && !draft.forest.settled.has(id),
  );
  const cumulative = points.filter(({ event }) => event.series?.temporality === "cumulative");
  const found = await Promise.all([
    findItems(tx, {
      ids: seen.fresh(
        "id",
        traceless.map(({ id }) => id),
      ),
      traceIds: seen.fresh("items of trace", tracesOf(draft)),
      callKeys: seen.fresh(
        "call",
        items
          .flatMap(({ event, lookupKeys }) => (event.series === null ? lookupKeys : []))
          .concat(
            points.flatMap(({ event, lookupKeys }) => [...lookupKeys, ...nestingKeysOf(event)]),
          ),
      ),
      sessions: seen.fresh("session", sessions),
      partitions,
      ...window,
    }),
    findCoveredPoints(
      tx,
      seen.fresh("service", services).map((day) => day.slice(day.indexOf("|") + 1)),
      window,
    ),
    findNeighbours(tx, seen.fresh("point", cumulative)),
  ]);
  return found.flat();
}

function tracesOf({
  items,
  nodes,
}: {
  readonly items: ReadonlyMap<string, LedgerItem>;
  readonly nodes: readonly TraceNode[];
}): string[] {
  const traces = new Set(nodes.map(({ traceId }) => traceId));
  for (const { event } of items.values()) if (event.traceId !== null) traces.add(event.traceId);
  return [...traces];
}

/** An instant in each day that items of these times may belong with. */
export function daysAround(times: readonly number[]): number[] {
  const days = new Set(times.map((ms) => Math.floor(ms / DAY_MS)));
  const reach = REACH_MS / DAY_MS;
  const around = new Set<number>();
  for (const day of days) for (let d = day - reach; d <= day + reach; d++) around.add(d * DAY_MS);
  return [...around];
}

function windowAround(times: readonly number[]): { fromMs: number; toMs: number } {
  let [fromMs, toMs] = [Number.MAX_SAFE_INTEGER, 0];
  for (const ms of times) {
    if (ms < fromMs) fromMs = ms;
    if (ms > toMs) toMs = ms;
  }
  return { fromMs: fromMs - REACH_MS, toMs: toMs + REACH_MS };
}

/** What has been looked up already, so that a second round asks only for what the first brought. */
class Seen {
  readonly #seen = new Map<string, Set<unknown>>();

  fresh<T>(what: string, values: readonly T[]): T[] {
    let known = this.#seen.get(what);
    if (known === undefined) {
      known = new Set();
      this.#seen.set(what, known);
    }
    const fresh: T[] = [];
    for (const value of values) {
      if (known.has(value)) continue;
      known.add(value);
      fresh.push(value);
    }
    return fresh;
  }
}
