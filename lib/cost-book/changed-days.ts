import { isDeepStrictEqual } from "node:util";
import { periodOf } from "#lib/cost-model/amortise.ts";
import type { Charge } from "#lib/cost-model/charge.ts";
import type { SharedPool } from "#lib/cost-model/shared-pool.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";

/** The first day that a change is about, and the one after its last; null is open. */
export type Days = readonly [from: CivilDay | null, to: CivilDay | null];

/**
 * Whose costs another version of a charge may change. One that only ends at
 * another time changes nothing before the billing period that its end cuts, so
 * that what began in a month that is closed by now can still be ended.
 */
export function daysOfCharge(after: NamedCharge, before: NamedCharge | undefined): Days[] {
  if (before === undefined) return [daysOf(after)];
  if (!isDeepStrictEqual(moneyOf(before), moneyOf(after))) return [daysOf(after), daysOf(before)];
  if (before.endsOn === after.endsOn) return [];
  const [shorter, longer] = inOrder(before, after, ({ endsOn }) => endsOn);
  const end = shorter.endsOn ?? shorter.startsOn;
  return [[periodOf({ ...longer, id: "" }, end)?.from ?? end, longer.endsOn]];
}

/** The same of a version of a shared cost, where another one of the same first day gives way. */
export function daysOfPool(after: NewPool, before: NewPool | undefined): Days[] {
  const whole: Days[] = [[after.effectiveFrom, null]];
  if (before === undefined || !isDeepStrictEqual(splitOf(before), splitOf(after))) return whole;
  if (before.effectiveTo === after.effectiveTo) return [];
  const [shorter] = inOrder(before, after, ({ effectiveTo }) => effectiveTo);
  return [[shorter.effectiveTo, null]];
}

type NamedCharge = Omit<Charge, "id">;
type NewPool = Omit<SharedPool, "id">;

function daysOf({ startsOn, endsOn }: NamedCharge): Days {
  return [startsOn, endsOn];
}

function inOrder<T>(a: T, b: T, endOf: (one: T) => CivilDay | null): readonly [T, T] {
  return (endOf(a) ?? Infinity) < (endOf(b) ?? Infinity) ? [a, b] : [b, a];
}

function moneyOf(charge: NamedCharge) {
  const { kind, team, pool, person, provider, model, startsOn } = charge;
  const { amount, quantity, recurrence, dailyTokens } = charge;
  const price = { amount, quantity, recurrence, dailyTokens };
  return { kind, team, pool, person, provider, model, startsOn, ...price };
}

function splitOf({ method, sourceTeam, teams, weights, effectiveFrom }: NewPool) {
  return { method, sourceTeam, teams, weights, effectiveFrom };
}
