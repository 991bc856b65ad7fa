/** How much a forecast may promise, by the days of history behind it. */
export type Maturity = "none" | "early" | "low-confidence" | "normal";

export const EARLY_DAYS = 14;
const NORMAL_DAYS = 42;

/**
 * none: nothing to go by. early: not enough data for a forecast; a run rate or
 * an early estimate may be shown, labelled, without a percentage.
 */
export function maturityOf(days: number): Maturity {
  if (days === 0) return "none";
  if (days < EARLY_DAYS) return "early";
  return days < NORMAL_DAYS ? "low-confidence" : "normal";
}

/** By how much the default bands are wider for short histories. */
export function wideningFor(days: number): number {
  if (days < EARLY_DAYS) return 2.5;
  if (days < 28) return 1.25;
  return days < NORMAL_DAYS ? 1.1 : 1;
}
