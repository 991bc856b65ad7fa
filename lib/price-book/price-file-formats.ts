import type { NewRate } from "./own-rate.ts";

export const PRICE_FORMATS = ["outlay", "litellm", "models.dev"] as const;
/** `outlay`: our own JSON or CSV, as it is exported. The others state list prices without dates. */
export type PriceFormat = (typeof PRICE_FORMATS)[number];

/** Something in a file that is no price that can be used. */
export type Refusal = { readonly where: string; readonly reason: string };

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
