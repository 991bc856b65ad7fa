import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import { contextTokens, type Tokens } from "#lib/usage/tokens.ts";
import type { Funding } from "#lib/usage/usage-event.ts";
import { agreedOverrides } from "./agreed-rates.ts";
import { applyOverrides, type PriceOverride } from "./overrides.ts";
import type { PriceBook } from "./price-book.ts";
import { type PriceLine, priceWithRateSet, type Quantity } from "./price-with-rate-set.ts";
import type { RateQuery, RateSet } from "./rate-set.ts";
import { resolveRateSet } from "./resolve-rate-set.ts";

export type PricedCallStatus = "priced" | "partial" | "unpriced" | "free" | "included";

export type UsageToPrice = Omit<RateQuery, "contextTokens"> & {
  /** Default: all input tokens, cached and written ones too. */
  readonly contextTokens?: number;
  readonly tokens: Tokens;
  /** Further units by name, see UNITS. */
  readonly units?: Readonly<Record<string, Quantity>>;
  /** Default "api". A plan includes the call: it costs nothing more. */
  readonly funding?: Funding;
};

export type PricedCall = {
  readonly status: PricedCallStatus;
  /** What is charged; null unless all of it is known. */
  readonly usd: Usd | null;
  /** What the same call costs at list prices; null unless all of it is known. */
  readonly listUsd: Usd | null;
  readonly lowerBound: Usd;
  readonly lines: readonly PriceLine[];
  readonly rateSet: RateSet;
  readonly listRateSet: RateSet;
};

/**
 * Prices one call at the rates in force when it started.
 *
 * A call that cannot be priced has a cost of null, never zero: a zero would
 * vanish into every total above it.
 *
 * @param overrides Own prices of the call's organisation and team.
 */
export function priceUsage(
  book: PriceBook,
  call: UsageToPrice,
  overrides: readonly PriceOverride[] = [],
): PricedCall {
  const context = call.contextTokens ?? promptSize(call.tokens, call.units);
  const listRateSet = resolveRateSet(book, { ...call, contextTokens: context });
  const rateSet = applyOverrides(
    listRateSet,
    [...agreedOverrides(call.agreed ?? []), ...overrides],
    { atMs: call.atMs, contextTokens: context },
    book.hash,
  );
  const charged = priceWithRateSet(rateSet, call.tokens, call.units);
  const list =
    rateSet === listRateSet ? charged : priceWithRateSet(listRateSet, call.tokens, call.units);
  const sets = { rateSet, listRateSet, listUsd: list.cost, lines: charged.lines };
  if (call.funding === "plan") {
    return { status: "included", usd: ZERO_USD, lowerBound: ZERO_USD, ...sets };
  }
  return { status: charged.status, usd: charged.cost, lowerBound: charged.lowerBound, ...sets };
}

const INPUT_UNITS = [
  "input_audio",
  "input_image",
  "input_video",
  "cache_read_audio",
  "cache_read_image",
];

/** The whole prompt: cached and written tokens count, and input in other modalities. */
export function promptSize(tokens: Tokens, units: UsageToPrice["units"]): number {
  return INPUT_UNITS.reduce((sum, unit) => sum + Number(units?.[unit] ?? 0), contextTokens(tokens));
}
