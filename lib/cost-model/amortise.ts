import { multiplyFraction, type Usd } from "#lib/money/money.ts";
import { addMonths, type CivilDay } from "#lib/time/civil-day.ts";
import type { Charge } from "./charge.ts";

/** A stretch of days that is paid for together; due on its first day. */
export type BillingPeriod = {
  readonly from: CivilDay;
  readonly to: CivilDay;
  readonly price: Usd;
};

/**
 * The periods of a charge that touch [from, to), ascending. A period that the
 * charge's end cuts short costs its part by days, rounded half to even once.
 */
export function billingPeriods(charge: Charge, from: CivilDay, to: CivilDay): BillingPeriod[] {
  const { amount, quantity, recurrence, startsOn, endsOn } = charge;
  const price = (amount * BigInt(quantity)) as Usd;
  if (recurrence === "once") {
    const whole = { from: startsOn, to: endsOn ?? startsOn + 1, price };
    return whole.from < to && from < whole.to ? [whole] : [];
  }
  const step = recurrence === "monthly" ? 1 : 12;
  const last = Math.min(to, endsOn ?? Infinity);
  const periods: BillingPeriod[] = [];
  for (let n = 0; ; n += step) {
    const start = addMonths(startsOn, n);
    if (start >= last) return periods;
    const full = addMonths(startsOn, n + step);
    const end = Math.min(full, endsOn ?? Infinity);
    if (end <= from) continue;
    const part = multiplyFraction(price, BigInt(end - start), BigInt(full - start));
    periods.push({ from: start, to: end, price: part });
  }
}

/**
 * The part of a period's price that falls on [from, to): equal by day, and
 * together the price to the last unit, however the days are cut.
 */
export function amortised(period: BillingPeriod, from: CivilDay, to: CivilDay): Usd {
  const until = (day: CivilDay) => {
    const days = Math.min(Math.max(day, period.from), period.to) - period.from;
    return (period.price * BigInt(days)) / BigInt(period.to - period.from);
  };
  return (until(to) - until(from)) as Usd;
}

/** The period of a charge that a day is in; undefined outside its life. */
export function periodOf(charge: Charge, day: CivilDay): BillingPeriod | undefined {
  return billingPeriods(charge, day, day + 1)[0];
}
