import { CURRENCY } from "#lib/money/money.ts";
import type { OwnRate } from "#lib/price-book/own-rate.ts";
import { civilDayAt, dayText } from "#lib/time/civil-day.ts";

/** "−12%", "−1/3", or "2.5 USD / 1000000". */
export function priceText({ price }: Pick<OwnRate, "price">): string {
  if ("amount" in price) return `${price.amount} ${CURRENCY} / ${price.per}`;
  const { num, den } = price.off;
  const percent = (BigInt(num) * 1_000_000n) % BigInt(den);
  if (percent !== 0n) return `−${num}/${den}`;
  const hundredths = (BigInt(num) * 1_000_000n) / BigInt(den);
  const text = `${hundredths / 10_000n}.${(hundredths % 10_000n).toString().padStart(4, "0")}`;
  return `−${text.replace(/\.?0+$/, "")}%`;
}

/** The day of a zone since when a rate holds; null for always. */
export function dayOfRate(
  { effectiveFrom }: Pick<OwnRate, "effectiveFrom">,
  timeZone: string,
): string | null {
  return effectiveFrom === null ? null : dayText(civilDayAt(effectiveFrom.getTime(), timeZone));
}

/** Its last day; null where it holds on. */
export function lastDayOfRate(
  { effectiveTo }: Pick<OwnRate, "effectiveTo">,
  timeZone: string,
): string | null {
  return effectiveTo === null ? null : dayText(civilDayAt(effectiveTo.getTime() - 1, timeZone));
}
