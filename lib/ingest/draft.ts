import { count, type Forest, plantForest, sessionIn } from "#lib/counting/count.ts";
import { bestOf, type Evidence, evidenceOf, NO_EVIDENCE, scopesOf } from "#lib/counting/scopes.ts";
import type { Outcome } from "#lib/counting/witnessed.ts";
import { hash64 } from "#lib/ledger/hash.ts";
import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import type { TraceNode } from "#lib/usage/usage-event.ts";
import type { EvidenceCache } from "./evidence-store.ts";
import { withoutRepeats } from "./repeats.ts";
import { settledPoints } from "./settled-points.ts";

export type Scopes = { readonly proves: readonly bigint[]; readonly judgedBy: readonly bigint[] };

/** Items arranged and judged by what they say of each other. */
export type Draft = {
  readonly items: ReadonlyMap<string, LedgerItem>;
  readonly nodes: readonly TraceNode[];
  readonly forest: Forest;
  readonly scopes: ReadonlyMap<string, Scopes>;
  /** What to write to the scopes: proofs, and a bare question where an item may be outranked. */
  readonly proofs: ReadonlyMap<bigint, Evidence>;
  /** The items that prove something new: worse items of their scopes must be read. */
  readonly fresh: readonly LedgerItem[];
  /** What the items come to if the ledger knows nothing more of their calls. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
};

/**
 * Counts a batch as if the ledger knew nothing of its calls, which is so for
 * most. Needs no database, so it is done before the ledger is locked.
 */
export function draftBatch(
  items: ReadonlyMap<string, LedgerItem>,
  nodes: readonly TraceNode[],
  cache: EvidenceCache,
  crowded: ReadonlySet<bigint> = new Set(),
): Draft {
  const whole = withoutRepeats(items);
  const forest = plantForest({
    items: [...whole.values()],
    nodes,
    settled: settledPoints(whole.values()),
    crowded,
  });
  const scopes = scopesIn(forest);
  const { proofs, fresh } = proofsOf(forest, scopes, cache);
  const outcomes = count(forest, evidenceIn(scopes, proofs));
  return { items: whole, nodes, forest, scopes, proofs, fresh, outcomes };
}

/** The hashed scopes of each item. */
export function scopesIn(forest: Forest): Map<string, Scopes> {
  const keys = new Map<string, bigint>();
  const keyOf = (scope: string) => {
    let key = keys.get(scope);
    if (key === undefined) {
      key = hash64("scope", scope);
      keys.set(scope, key);
    }
    return key;
  };
  return new Map(
    (forest.items as readonly LedgerItem[]).map((item) => {
      const { proves, judgedBy } = scopesOf(item.event, sessionIn(forest, item), item.keyId);
      return [item.id, { proves: proves.map(keyOf), judgedBy: judgedBy.map(keyOf) }];
    }),
  );
}

/** What the scopes of an item hold together. */
export function evidenceIn(
  scopes: ReadonlyMap<string, Scopes>,
  evidence: ReadonlyMap<bigint, Evidence>,
): (item: { readonly id: string }) => Evidence {
  return ({ id }) =>
    (scopes.get(id)?.judgedBy ?? []).reduce<Evidence>(
      (best, scope) => bestOf(best, evidence.get(scope) ?? NO_EVIDENCE),
      NO_EVIDENCE,
    );
}

/** The proofs that this process has not seen committed, and a question for each item that may be outranked. */
export function proofsOf(
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
