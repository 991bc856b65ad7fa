import { inEnglish, type Reason } from "#lib/refusals/reason.ts";
import type { NewRate } from "./own-rate.ts";

export const PRICE_FORMATS = ["outlay", "litellm", "models.dev"] as const;
/** `outlay`: our own JSON or CSV, as it is exported. The others state list prices without dates. */
export type PriceFormat = (typeof PRICE_FORMATS)[number];

/** Something in a file that is no price that can be used. */
export type Refusal = {
  /** In English, as `reason`. */
  readonly where: string;
  readonly reason: string;
  /** Where it is in the file, in any language; null where names say it. */
  readonly at: Reason | null;
  readonly why: readonly Reason[];
};

/** @param where What it is, by its names, or a place in the file. */
export function refusal(where: string | Reason, ...why: readonly Reason[]): Refusal {
  return {
    where: typeof where === "string" ? where : inEnglish(where),
    reason: why.map(inEnglish).join("; "),
    at: typeof where === "string" ? null : where,
    why,
  };
}

/** What a price file states. */
export type ReadPrices = {
  readonly rates: readonly NewRate[];
  readonly refused: readonly Refusal[];
};

export type ReadOptions = {
  /** When the prices are charged from where the file does not say; null for always. */
  readonly effectiveFrom: Date | null;
  /** The day of reading, YYYY-MM-DD. */
  readonly today: string;
};
