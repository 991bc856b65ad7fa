import type { PriceOverride } from "./overrides.ts";
import type { PriceSource } from "./price-book.ts";
import type { RateSet } from "./rate-set.ts";
import { UNITS, type Unit } from "./units.ts";

/** A price that was agreed for one call and came with it: `amount` USD for `per` units. */
export type AgreedRate = { readonly unit: Unit; readonly amount: string; readonly per: number };

/** The attributes that state one, by the names of the token columns of our files. */
const ATTRIBUTES: ReadonlyMap<string, Unit> = new Map([
  ["outlay.price.input_uncached_tokens", "input_uncached"],
  ["outlay.price.cache_read_tokens", "cache_read"],
  ["outlay.price.cache_write_5m_tokens", "cache_write_5m"],
  ["outlay.price.cache_write_1h_tokens", "cache_write_1h"],
  ["outlay.price.output_tokens", "output"],
  ["outlay.price.requests", "request"],
]);

const SOURCE: PriceSource = { name: "stated with the call", url: "", checkedAt: "", quote: null };

/**
 * The prices that a call's attributes state, in US dollars for a million tokens
 * (a thousand requests). What is no plain decimal above zero is passed over: a
 * mistake must not make calls free, and what is missing falls back to the
 * contract or list. A cost that somebody reports is none of these.
 */
export function agreedRatesIn(attributes: Readonly<Record<string, string>>): AgreedRate[] {
  const rates: AgreedRate[] = [];
  for (const [name, unit] of ATTRIBUTES) {
    const amount = attributes[name]?.trim();
    if (amount !== undefined && AMOUNT.test(amount) && Number(amount) > 0) {
      rates.push({ unit, amount: plain(amount), per: UNITS[unit].per });
    }
  }
  return rates;
}

const AMOUNT = /^\d{1,6}(\.\d{1,12})?$/;

/** One price has one spelling, and so one rate set. */
function plain(amount: string): string {
  const [whole = "0", decimals = ""] = amount.split(".");
  const rest = decimals.replace(/0+$/, "");
  return `${whole.replace(/^0+(?=\d)/, "")}${rest === "" ? "" : `.${rest}`}`;
}

/** The agreed prices that a rate set was resolved with, for resolving it again. */
export function agreedRatesOf({ rates }: RateSet): AgreedRate[] {
  return rates
    .filter(({ kind }) => kind === "agreed")
    .map(({ unit, amount, per }) => ({ unit, amount, per }));
}

/** Agreed prices as what is laid over everything else. */
export function agreedOverrides(agreed: readonly AgreedRate[]): PriceOverride[] {
  return agreed.map(({ unit, amount, per }) => ({
    precedence: "call",
    ...{ provider: null, model: null, unit, tier: null, price: { amount, per } },
    ...{ effectiveFromMs: null, effectiveToMs: null, includesFees: false },
    kind: "agreed",
    source: SOURCE,
  }));
}
