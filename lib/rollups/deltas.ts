import type { Filing, LedgerItem } from "#lib/ledger/ledger-row.ts";
import { dayStart, hourStart } from "#lib/time/zone.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
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

export type QualityDelta = {
  readonly key: readonly [dayMs: number, sort: string, name: string, team: string, dialect: string];
  rows: number;
  readonly exampleId: string;
};

/**
 * Collects what a batch changes in the rollups, so that each row is written
 * once, in key order: two batches that touch the same rows then queue up
 * instead of deadlocking.
 */
export class RollupDeltas {
  readonly usage_hour = new Map<string, Delta>();
  readonly #filed = new Map<bigint, Filing>();
  readonly usage_day_user = new Map<string, Delta>();
  readonly sessions = new Map<string, SessionDelta>();
  readonly quality = new Map<string, QualityDelta>();
  readonly timeZone: string;

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** The days' sums, of which a batch has far fewer than rows; so have all that follow. */
  get usage_day(): ReadonlyMap<string, Delta> {
    return summed(this.usage_day_user, ([day = 0, , , dimensionSetId = 0, rateSetId = 0]) => [
      day,
      dimensionSetId,
      rateSetId,
    ]);
  }

  /** The days' sums by team and model. */
  get usage_day_team(): ReadonlyMap<string, Delta> {
    return summed(this.usage_day, ([day = 0, dimensionSetId]) => {
      const { team, kind, provider, model } = this.#filingOf(dimensionSetId);
      return [day, team, kind, provider ?? "", model ?? ""];
    });
  }

  /** The days' sums by team and person. */
  get usage_day_person(): ReadonlyMap<string, Delta> {
    return summed(this.usage_day_user, ([day = 0, user = "", , dimensionSetId]) => {
      const { team, kind } = this.#filingOf(dimensionSetId);
      return [day, team, kind, user];
    });
  }

  #filingOf(dimensionSetId: Delta["key"][number] | undefined): Filing {
    const filing = this.#filed.get(dimensionSetId as bigint);
    if (filing === undefined) throw new Error(`nothing is filed under ${dimensionSetId}`);
    return filing;
  }

  add(item: LedgerItem, filing: Filing): void {
    this.#apply(item, filing, 1);
  }

  /** Takes back what the row added under an earlier filing. */
  takeBack(item: LedgerItem, filing: Filing): void {
    this.#apply(item, filing, -1);
  }

  #apply(item: LedgerItem, filing: Filing, sign: 1 | -1): void {
    const { startedAtMs } = item;
    this.#mark(item, filing, sign);
    const contribution = contributionOf(filing);
    if (contribution === null) return;
    const { dimensionSetId, session, team } = filing;
    this.#filed.set(dimensionSetId, filing);
    const rateSetId = filing.rateSetId ?? 0n;
    const user = filing.user ?? "";
    const key = item.keyId;
    const hour = hourStart(startedAtMs, this.timeZone);
    const day = dayStart(startedAtMs, this.timeZone);
    accumulate(this.usage_hour, [hour, dimensionSetId, rateSetId], contribution, sign);
    accumulate(
      this.usage_day_user,
      [day, user, key, dimensionSetId, rateSetId],
      contribution,
      sign,
    );
    if (session !== null && !addsNothing(contribution))
      this.#applySession([session, team, user], startedAtMs, contribution, sign);
  }

  #mark(item: LedgerItem, filing: Filing, sign: 1 | -1): void {
    for (const [sort, name] of marksOf(item, filing)) {
      const day = dayStart(item.startedAtMs, this.timeZone);
      const key = [day, sort, name, filing.team, item.event.dialect] as const;
      const id = key.join("\u0000");
      const delta = this.quality.get(id);
      if (delta === undefined) this.quality.set(id, { key, rows: sign, exampleId: item.id });
      else delta.rows += sign;
    }
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

/** The same sums under fewer keys. */
function summed(
  deltas: ReadonlyMap<string, Delta>,
  keyOf: (key: Delta["key"]) => Delta["key"],
): ReadonlyMap<string, Delta> {
  const sums = new Map<string, Delta>();
  for (const { key, counters, cost, listCost } of deltas.values()) {
    const sum = deltaOf(sums, keyOf(key));
    counters.forEach((count, i) => {
      sum.counters[i] = (sum.counters[i] ?? 0) + count;
    });
    sum.cost += cost;
    sum.listCost += listCost;
  }
  return sums;
}

function accumulate<More extends object>(
  into: Map<string, Delta & More>,
  key: Delta["key"],
  contribution: Contribution,
  sign: 1 | -1,
  more?: () => More,
): Delta & More {
  const delta = deltaOf(into, key, more);
  const { counters } = delta;
  for (let i = 0; i < COUNTERS.length; i++) {
    const counter = COUNTERS[i];
    if (counter !== undefined) counters[i] = (counters[i] ?? 0) + sign * contribution[counter];
  }
  delta.cost += BigInt(sign) * contribution.cost;
  delta.listCost += BigInt(sign) * contribution.list_cost;
  return delta;
}

function deltaOf<More extends object>(
  into: Map<string, Delta & More>,
  key: Delta["key"],
  more?: () => More,
): Delta & More {
  const name = key.join("\u0000");
  const found = into.get(name);
  if (found !== undefined) return found;
  const empty: Delta = { key, counters: COUNTERS.map(() => 0), cost: 0n, listCost: 0n };
  const delta = Object.assign(empty, more?.()) as Delta & More;
  into.set(name, delta);
  return delta;
}

function addsNothing(contribution: Contribution): boolean {
  const { cost, list_cost: listCost } = contribution;
  return cost === 0n && listCost === 0n && COUNTERS.every((counter) => contribution[counter] === 0);
}

/** Whether the delta changes anything; an un-counted and re-counted call leaves nothing. */
export function isNothing(delta: Delta): boolean {
  return delta.cost === 0n && delta.listCost === 0n && delta.counters.every((count) => count === 0);
}

/** What a row has to tell besides its figures; see the table `quality_day`. */
function marksOf({ event, keyId }: LedgerItem, filing: Filing): (readonly [string, string])[] {
  const marks: (readonly [string, string])[] = [];
  if (filing.because !== null) marks.push(["not_counted", filing.because]);
  for (const flag of event.flags) {
    if (filing.counted || flag === "clock_skew") marks.push(["flag", flag]);
  }
  if (filing.counted && filing.kind !== "agent_run" && filing.team === UNALLOCATED) {
    marks.push(["unallocated", keyId]);
  }
  return marks;
}
