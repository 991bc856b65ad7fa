import type { UsedRate } from "./exchange-rates.ts";

const DIGITS = 12;

/**
 * Units of the currency for one dollar as a decimal of at most 12 digits after
 * the point, for reading; amounts are converted by the exact fraction.
 */
export function perUsdText({ perUsd }: Pick<UsedRate, "perUsd">): string {
  const scale = 10n ** BigInt(DIGITS);
  const scaled = (perUsd.num * scale * 2n + perUsd.den) / (perUsd.den * 2n);
  const digits = scaled.toString().padStart(DIGITS + 1, "0");
  const decimals = digits.slice(-DIGITS).replace(/0+$/, "");
  return `${digits.slice(0, -DIGITS)}${decimals === "" ? "" : `.${decimals}`}`;
}
