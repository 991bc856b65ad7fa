import { numberFormat } from "./formatters.ts";

/** A count in full: "1,234,567". */
export function formatCount(count: number, locale: string): string {
  return numberFormat(locale).format(count);
}

/** A count for a tile: "1.2M". Chinese stays with 萬 and 億, as Intl has them. */
export function formatCompact(count: number, locale: string): string {
  return numberFormat(locale, {
    notation: "compact",
    maximumSignificantDigits: count < 1000 ? 4 : 3,
    useGrouping: "always",
  }).format(count);
}

/**
 * `part` of `whole` in percent with one decimal, from exact amounts or counts;
 * null when there is nothing to divide. Only the whole reads as 100 %, only
 * nothing as 0 %; all between have their decimal, so that a column lines up.
 */
export function formatShare(part: bigint, whole: bigint, locale: string): string | null {
  if (whole <= 0n) return null;
  const permille = Number((part * 2000n + whole) / (whole * 2n));
  const honest =
    part < whole && permille >= 1000 ? 999 : part > 0n && permille === 0 ? 1 : permille;
  return numberFormat(locale, {
    style: "percent",
    minimumFractionDigits: part === 0n || part === whole ? 0 : 1,
    maximumFractionDigits: 1,
  }).format(honest / 1000);
}
