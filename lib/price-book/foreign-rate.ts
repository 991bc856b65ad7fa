import type { Unit } from "#lib/pricing/units.ts";
import { UNITS } from "#lib/pricing/units.ts";
import { because } from "#lib/refusals/reason.ts";
import { decimalText } from "#lib/usage/decimal-text.ts";
import type { NewRate } from "./own-rate.ts";
import { type ReadOptions, type Refusal, refusal } from "./price-file-formats.ts";

const MOST_DIGITS = 15;
/** As of names in our own files. */
const MOST_NAME = 200;

/** Where a foreign file states a price, and for what. */
export type ForeignPrice = {
  readonly provider: string;
  readonly model: string;
  readonly unit: Unit;
  readonly tier: string | null;
  readonly context: NewRate["context"];
  /** The number as the file wrote it. */
  readonly text: unknown;
  /** Powers of ten from the file's block to ours. */
  readonly shift: number;
  readonly source: { readonly name: string; readonly url: string };
};

/** The prices of one model of a foreign file; a model without any is refused, for that is not free. */
export function collectPrices(
  prices: Iterable<ForeignPrice>,
  where: string,
  options: ReadOptions,
  { rates, refused }: { readonly rates: NewRate[]; readonly refused: Refusal[] },
): void {
  const read = [...prices].map((price) => foreignRate(price, options));
  for (const rate of read) {
    if ("reason" in rate) refused.push(rate);
    else rates.push(rate);
  }
  if (read.length === 0) refused.push(refusal(where, because("price_missing")));
}

/**
 * A list price as a foreign file states it, or why it is none: zero is not
 * free without a source that says so, and more than 15 digits are float noise.
 */
function foreignRate(price: ForeignPrice, options: ReadOptions): NewRate | Refusal {
  const { provider, model, unit, tier, context, source } = price;
  const where = `${provider} ${model.slice(0, MOST_NAME)} ${unit}${tier === null ? "" : ` ${tier}`}`;
  if (Math.max(provider.length, model.length) > MOST_NAME) {
    return refusal(where, because("name_long", { most: MOST_NAME }));
  }
  const written = String(price.text);
  const digits = written.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "");
  if (digits.length > MOST_DIGITS) {
    return refusal(where, because("float_noise", { text: written.slice(0, 40) }));
  }
  const amount = decimalText(written, price.shift);
  if (amount === null || !/^\d{1,12}(\.\d{1,12})?$/.test(amount)) {
    return refusal(where, because("no_price", { text: written.slice(0, 40) }));
  }
  if (amount === "0") return refusal(where, because("zero_price"));
  return {
    ...{ team: null, kind: "list", provider, model, unit, tier, context },
    price: { amount, per: UNITS[unit].per },
    ...{ speed: null, region: null, window: null, includesFees: false },
    effectiveFrom: options.effectiveFrom,
    effectiveTo: null,
    source: { ...source, checkedAt: options.today, quote: null },
  };
}
