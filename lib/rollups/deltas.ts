import type { Filing } from "#lib/ledger/ledger-row.ts";
import { dayStart, hourStart } from "#lib/time/zone.ts";
import { COUNTERS, type Contribution, contributionOf } from "./contribution.ts";

/** The sum of what is added to and taken from one rollup row. */
export type Delta = {
  readonly key: readonly (string | number | bigint)[];
  readonly counters: number[];
  cost: bigint;
  listCost: bigint;
};

/** A session's row also moves its first and last sign of life, which only ever widen. */
export type SessionDelta = Delta & { firstAtMs: number; lastAtMs: number };

/**
 * Collects what a batch changes in the rollups, so that each row is written
 * once, in key order: two batches that touch the same rows then queue up
 * instead of deadlocking.
 */
export class RollupDeltas {
  readonly usage_hour = new Map<string, Delta>();
  readonly usage_day = new Map<string, Delta>();
  readonly usage_day_user = new Map<string, Delta>();
  readonly sessions = new Map<string, SessionDelta>();
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  add(startedAtMs: number, filing: Filing): void {
    this.#apply(startedAtMs, filing, 1);
  }

  /** Takes back what the row added under an earlier filing. */
  takeBack(startedAtMs: number, filing: Filing): void {
    this.#apply(startedAtMs, filing, -1);
  }

  #apply(startedAtMs: number, filing: Filing, sign: 1 | -1): void {
    const contribution = contributionOf(filing);
    if (contribution === null) return;
    const { dimensionSetId, session, team } = filing;
    const rateSetId = filing.rateSetId ?? 0n;
    const user = filing.user ?? "";
    const hour = hourStart(startedAtMs, this.#timeZone);
    const day = dayStart(startedAtMs, this.#timeZone);
    accumulate(this.usage_hour, [hour, dimensionSetId, rateSetId], contribution, sign);
    accumulate(this.usage_day, [day, dimensionSetId, rateSetId], contribution, sign);
    accumulate(this.usage_day_user, [day, user, dimensionSetId, rateSetId], contribution, sign);
    if (session !== null)
      this.#applySession([session, team, user], startedAtMs, contribution, sign);
  }

  #applySession(
    key: readonly string[],
    startedAtMs: number,
    contribution: Contribution,
    sign: 1 | -1,
  ): void {
    const delta = accumulate(this.sessions, key, contribution, sign, () => ({
      firstAtMs: startedAtMs,
      lastAtMs: startedAtMs,
    }));
    delta.firstAtMs = Math.min(delta.firstAtMs, startedAtMs);
    delta.lastAtMs = Math.max(delta.lastAtMs, startedAtMs);
  }
}

function accumulate<More extends object>(
  into: Map<string, Delta & More>,
  key: Delta["key"],
  contribution: Contribution,
  sign: 1 | -1,
  more?: () => More,
): Delta & More {
  const name = key.join("\u0000");
  let delta = into.get(name);
  if (delta === undefined) {
    const empty: Delta = { key, counters: COUNTERS.map(() => 0), cost: 0n, listCost: 0n };
    delta = Object.assign(empty, more?.()) as Delta & More;
    into.set(name, delta);
  }
  const { counters } = delta;
  for (let i = 0; i < COUNTERS.length; i++) {
    const counter = COUNTERS[i];
    if (counter !== undefined) counters[i] = (counters[i] ?? 0) + sign * contribution[counter];
  }
  delta.cost += BigInt(sign) * contribution.cost;
  delta.listCost += BigInt(sign) * contribution.list_cost;
  return delta;
}

/** Whether the delta changes anything; an un-counted and re-counted call leaves nothing. */
export function isNothing(delta: Delta): boolean {
  return delta.cost === 0n && delta.listCost === 0n && delta.counters.every((count) => count === 0);
}
