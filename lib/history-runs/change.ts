import type { Usd } from "#lib/money/money.ts";

/** What a run changes, or would change, for one day, team and model; amounts before and after. */
export type Change = {
  /** The start of a day of the organisation's zone. */
  readonly day: Date;
  readonly team: string;
  readonly newTeam: string;
  /** As they were filed before; null where unknown. */
  readonly provider: string | null;
  readonly model: string | null;
} & ChangeSums;

export type ChangeSums = {
  readonly calls: number;
  readonly oldCost: Usd;
  readonly newCost: Usd;
  readonly oldListCost: Usd;
  readonly newListCost: Usd;
};

export const NO_CHANGE: ChangeSums = {
  calls: 0,
  oldCost: 0n as Usd,
  newCost: 0n as Usd,
  oldListCost: 0n as Usd,
  newListCost: 0n as Usd,
};

export function addSums(a: ChangeSums, b: ChangeSums): ChangeSums {
  return {
    calls: a.calls + b.calls,
    oldCost: (a.oldCost + b.oldCost) as Usd,
    newCost: (a.newCost + b.newCost) as Usd,
    oldListCost: (a.oldListCost + b.oldListCost) as Usd,
    newListCost: (a.newListCost + b.newListCost) as Usd,
  };
}

export function sumChanges(changes: Iterable<ChangeSums>): ChangeSums {
  let sum = NO_CHANGE;
  for (const change of changes) sum = addSums(sum, change);
  return sum;
}

/** Adds up the changes of each day, team and model; the largest differences come first. */
export function mergeChanges(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const { day, team, newTeam, provider, model } = change;
    const key = JSON.stringify([day.getTime(), team, newTeam, provider, model]);
    const known = merged.get(key);
    merged.set(key, known === undefined ? change : { ...change, ...addSums(known, change) });
  }
  return [...merged.values()];
}
