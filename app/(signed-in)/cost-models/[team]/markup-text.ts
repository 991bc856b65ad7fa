import type { Fraction } from "#lib/money/money.ts";

/** "5%" or "7.25%" where that is exact, else the fraction itself; both are what the form takes. */
export function markupText({ num, den }: Fraction): string {
  if ((num * 1_000_000n) % den !== 0n) return `${num}/${den}`;
  const parts = (num * 1_000_000n) / den;
  const text = `${parts / 10_000n}.${(parts % 10_000n).toString().padStart(4, "0")}`;
  return `${text.replace(/\.?0+$/, "")}%`;
}
