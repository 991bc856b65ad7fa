import { multiplyFraction, subtractUsd, toDecimal, type Usd } from "#lib/money/money.ts";

const ONE = 10n ** 18n;
/** A share has so many decimals: hundredths of a percent of a percent. */
const STEP = 10n ** 12n;

/** What an invoice asks for beyond what the books have. */
export function gapOf({ invoiced, ours }: { readonly invoiced: Usd; readonly ours: Usd }): Usd {
  return subtractUsd(invoiced, ours);
}

/** The gap as a share of what is invoiced, as a decimal with six places; null of nothing. */
export function gapShare(sides: { readonly invoiced: Usd; readonly ours: Usd }): string | null {
  if (sides.invoiced <= 0n) return null;
  const share = multiplyFraction(gapOf(sides), ONE / STEP, sides.invoiced);
  return toDecimal((share * STEP) as Usd);
}
