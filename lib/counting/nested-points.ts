import { type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import type { Witnessed } from "./witnessed.ts";

/**
 * Instruments are read one after the other, so the times of one reading differ
 * by a little. Starts are not compared: each series begins with its own first
 * measurement.
 */
const SAME_READING_MS = 500;

/** So far from a point that is new its wholes may come to something else. */
export const NESTING_REACH_MS = 2 * SAME_READING_MS;

/**
 * What each whole adds besides its parts: its own increase less theirs, never
 * below zero. A part belongs to the wholes of its group that were read nearest
 * to it. Until a part has arrived its whole stands as it is, an upper bound.
 *
 * @param increaseOf What a point adds by itself.
 * @returns By item id, of the wholes alone.
 */
export function withoutParts(
  points: readonly Witnessed[],
  increaseOf: (point: Witnessed) => Tokens | null,
): Map<string, Tokens> {
  const result = new Map<string, Tokens>();
  const nested = points.filter((point) => groupOf(point) !== undefined);
  for (const [, group] of Map.groupBy(nested, groupOf)) {
    const wholes = group.filter(isWhole).sort((a, b) => (a.id < b.id ? -1 : 1));
    const owed = debts(group, wholes, increaseOf);
    for (const whole of wholes) {
      const tokens = increaseOf(whole);
      if (tokens === null) continue;
      const debt = owed.get(endOf(whole)) ?? 0;
      const paid = Math.min(debt, tokens.input_uncached);
      owed.set(endOf(whole), debt - paid);
      result.set(whole.id, { ...tokens, input_uncached: tokens.input_uncached - paid });
    }
  }
  return result;
}

/** What the parts come to, by the moment of their wholes. */
function debts(
  group: readonly Witnessed[],
  wholes: readonly Witnessed[],
  increaseOf: (point: Witnessed) => Tokens | null,
): Map<number, number> {
  const moments = [...new Set(wholes.map(endOf))].sort((a, b) => a - b);
  const owed = new Map<number, number>();
  for (const part of group) {
    const tokens = isWhole(part) ? null : increaseOf(part);
    const moment = nearest(moments, endOf(part));
    if (tokens === null || moment === undefined) continue;
    if (Math.abs(moment - endOf(part)) > SAME_READING_MS) continue;
    owed.set(moment, (owed.get(moment) ?? 0) + totalTokens(tokens));
  }
  return owed;
}

/** Whether the point holds others. */
export function isWhole({ event }: Witnessed): boolean {
  return event.series?.nesting?.role === "whole";
}

export function groupOf({ event }: Witnessed): string | undefined {
  return event.series?.nesting?.group;
}

/** When the point was read, by its sender's clock. */
export function endOf({ event }: Witnessed): number {
  return event.series?.endMs ?? event.startedAtMs;
}

/** The value in a rising list that is nearest; the lesser of two as near. */
export function nearest(rising: readonly number[], to: number): number | undefined {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < to) low = middle + 1;
    else high = middle;
  }
  const [below, above] = [rising[low - 1], rising[low]];
  if (below === undefined || above === undefined) return below ?? above;
  return to - below <= above - to ? below : above;
}
