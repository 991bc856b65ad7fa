import { bestOf, type Evidence, isSameEvidence, NO_EVIDENCE } from "#lib/counting/scopes.ts";
import type { Tx } from "#lib/db/client.ts";

const MOST_CACHED = 200_000;

/**
 * The best ranks per scope, as this process has seen them committed. Only an
 * item of rank 1 may rely on it: nothing that arrives later can outrank it.
 */
export class EvidenceCache {
  readonly #known = new Map<bigint, Evidence>();

  /** Whether the scope is known to hold all that the item proves. */
  holds(scope: bigint, proof: Evidence): boolean {
    const known = this.#known.get(scope);
    return known !== undefined && isSameEvidence(bestOf(known, proof), known);
  }

  remember(committed: ReadonlyMap<bigint, Evidence>): void {
    if (this.#known.size + committed.size > MOST_CACHED) this.#known.clear();
    for (const [scope, evidence] of committed) this.#known.set(scope, evidence);
  }
}

/** Those of the scopes in which some calls name their response and others do not. */
export async function mixedScopes(tx: Tx, scopes: readonly bigint[]): Promise<Set<bigint>> {
  if (scopes.length === 0) return new Set();
  const rows = await tx<{ scope_key: bigint }[]>`
    select scope_key from evidence
     where scope_key = any(${scopes.map(String)}::text[]::int8[])
       and span_blind is not null and span_named is not null`;
  return new Set(rows.map(({ scope_key }) => scope_key));
}

type EvidenceRow = {
  scope_key: bigint;
  span_blind: number | null;
  span_named: number | null;
  log_blind: number | null;
  log_named: number | null;
};

/**
 * Adds proofs to scopes and returns what then holds in each. The rows stay
 * locked until the transaction ends, so that an item and the better one that
 * outranks it cannot pass each other unseen in two collectors. A scope that is
 * only asked about is given NO_EVIDENCE.
 */
export async function mergeEvidence(
  tx: Tx,
  proofs: ReadonlyMap<bigint, Evidence>,
): Promise<Map<bigint, Evidence>> {
  if (proofs.size === 0) return new Map();
  const rows = [...proofs].sort(([a], [b]) => (a < b ? -1 : 1));
  const column = (of: keyof Evidence) => rows.map(([, evidence]) => evidence[of]);
  const merged = await tx<EvidenceRow[]>`
    insert into evidence as e (scope_key, span_blind, span_named, log_blind, log_named)
    select * from unnest(${rows.map(([scope]) => `${scope}`)}::int8[],
                         ${column("spanBlind")}::int2[], ${column("spanNamed")}::int2[],
                         ${column("logBlind")}::int2[], ${column("logNamed")}::int2[])
        on conflict (scope_key) do update
       set span_blind = least(e.span_blind, excluded.span_blind),
           span_named = least(e.span_named, excluded.span_named),
           log_blind = least(e.log_blind, excluded.log_blind),
           log_named = least(e.log_named, excluded.log_named)
    returning *`;
  return new Map(
    merged.map((row) => [
      row.scope_key,
      {
        ...NO_EVIDENCE,
        spanBlind: row.span_blind,
        spanNamed: row.span_named,
        logBlind: row.log_blind,
        logNamed: row.log_named,
      },
    ]),
  );
}
