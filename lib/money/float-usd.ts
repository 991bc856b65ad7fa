import type { Usd } from "./money.ts";

const ATTO_PER_MICRO = 10n ** 12n;
const ATTO_PER_USD = 1e18;
const MICROS_PER_USD = 1e6;

/** Dollars as statistics take them. Never on the way to an amount that is booked or added up. */
export function floatOf(amount: Usd): number {
  return Number(amount) / ATTO_PER_USD;
}

/**
 * A forecast as an amount, to the millionth of a dollar.
 *
 * @throws {RangeError} when it is not a finite number.
 */
export function usdOf(dollars: number): Usd {
  return (BigInt(Math.round(dollars * MICROS_PER_USD)) * ATTO_PER_MICRO) as Usd;
}
