import { splitUsd, type Usd } from "#lib/money/money.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";

export const SHARE_METHODS = ["even", "usage", "headcount", "weights"] as const;
export type ShareMethod = (typeof SHARE_METHODS)[number];

/** A cost that several teams bear together, and how it is split, from a day on. */
export type SharedPool = {
  /** The same in all versions of the pool. */
  readonly id: string;
  readonly name: string;
  readonly method: ShareMethod;
  /** Whose own cost is shared out; null where the pool holds charges only. */
  readonly sourceTeam: string | null;
  /** Who bears it; null: every team but the source. */
  readonly teams: readonly string[] | null;
  readonly weights: Readonly<Record<string, number>>;
  readonly effectiveFrom: CivilDay | null;
  readonly effectiveTo: CivilDay | null;
};

/** What the split of a day may rest on. */
export type Basis = {
  readonly teams: readonly string[];
  /** The team's usage in the calendar month, at list prices, so that plans count as well. */
  readonly usageOf: (team: string) => Usd;
  readonly headcountOf: (team: string) => number;
};

/** The version of each pool that is in force on a day. */
export function poolsOn<P extends SharedPool>(pools: readonly P[], day: CivilDay): P[] {
  const begun = pools.filter(({ effectiveFrom }) => (effectiveFrom ?? -Infinity) <= day);
  return [...Map.groupBy(begun, ({ id }) => id).values()].flatMap((versions) => {
    const [latest] = versions.toSorted(
      (a, b) => (b.effectiveFrom ?? -Infinity) - (a.effectiveFrom ?? -Infinity),
    );
    return latest === undefined || day >= (latest.effectiveTo ?? Infinity) ? [] : [latest];
  });
}

/**
 * Splits an amount over the teams of a pool; the parts add up to it exactly.
 * Null where there is nothing to split by: no team, no usage, no people.
 */
export function shareOf(
  pool: SharedPool,
  basis: Basis,
): ((amount: Usd) => readonly (readonly [team: string, amount: Usd])[]) | null {
  const weighed = weightsOf(pool, basis);
  const teams = [...weighed.keys()];
  const weights = [...weighed.values()];
  if (!weights.some((weight) => weight > 0n)) return null;
  return (amount) => {
    const parts = splitUsd(amount, weights);
    return teams.flatMap((team, i) => {
      const part = parts[i];
      return part === undefined || part === 0n ? [] : [[team, part] as const];
    });
  };
}

/** What each team of a pool bears in proportion to; by name. */
export function weightsOf(pool: SharedPool, basis: Basis): ReadonlyMap<string, bigint> {
  const members = (pool.teams ?? basis.teams).filter((team) => team !== pool.sourceTeam);
  const teams = [...new Set(members)].toSorted();
  return new Map(teams.map((team) => [team, weightOf(pool, basis, team)]));
}

function weightOf(pool: SharedPool, basis: Basis, team: string): bigint {
  switch (pool.method) {
    case "even":
      return 1n;
    case "usage":
      return basis.usageOf(team);
    case "headcount":
      return BigInt(basis.headcountOf(team));
    case "weights":
      return BigInt(pool.weights[team] ?? 0);
  }
}
