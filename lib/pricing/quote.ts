import { z } from "zod";
import { toDecimal } from "#lib/money/money.ts";
import { EN } from "#lib/refusals/en.ts";
import { NO_TOKENS, TOKEN_CLASSES, type TokenClass, type Tokens } from "#lib/usage/tokens.ts";
import type { PriceBook } from "./price-book.ts";
import { type PricedCallStatus, priceUsage } from "./price-usage.ts";
import type { PriceLine, Quantity } from "./price-with-rate-set.ts";
import { UNIT_SPELLINGS, UNITS, type Unit } from "./units.ts";

const Name = z.string().trim().min(1).max(256);
const Whole = z.int().min(0);
/** Hours may be fractions, and are then written as decimals in text. */
const Hours = z.union([Whole, z.string().regex(/^\d{1,9}(\.\d{1,9})?$/)]);

const usageShape = Object.fromEntries(
  [...UNIT_SPELLINGS].map(([spelling, unit]) => [
    spelling,
    (UNITS[unit].measure === "hour" ? Hours : Whole).optional(),
  ]),
);

/** What a recorded case says about itself; accepted, so that a case can be sent as it is, and ignored. */
const ANNOTATIONS = {
  id: z.unknown().optional(),
  basis: z.unknown().optional(),
  tags: z.unknown().optional(),
  expected_usd: z.unknown().optional(),
  expected_status: z.unknown().optional(),
  expected_lower_bound_usd: z.unknown().optional(),
  unpriced_units: z.unknown().optional(),
};

/**
 * One call to be priced, as `POST /quote` takes it. Quantities are disjoint,
 * except that `reasoning` is part of `output`. Unknown fields and units are
 * refused, because a misspelt one would be priced at nothing.
 */
export const QuoteInput = z
  .strictObject({
    provider: Name,
    model: Name,
    usage: z.strictObject(usageShape),
    /** Size of the whole prompt; default: all input of `usage`. */
    context_tokens: Whole.optional(),
    /** The tier that served the call. */
    service_tier: z.string().max(64).nullish(),
    speed: z.string().max(64).nullish(),
    region: z.string().max(64).nullish(),
    inference_geo: z.string().max(64).nullish(),
    at: z.iso.datetime({ offset: true }),
    ...ANNOTATIONS,
  })
  .refine(({ usage }) => Number(usage.reasoning ?? 0) <= Number(usage.output ?? 0), {
    path: ["usage", "reasoning"],
    message: EN.reasoning_more,
  })
  .refine(({ usage }) => hasEachUnitOnce(Object.keys(usage)), {
    path: ["usage"],
    message: EN.unit_twice,
  });
export type QuoteInput = z.infer<typeof QuoteInput>;

export type QuoteLine = {
  readonly unit: string;
  readonly quantity: Quantity;
  readonly rate: {
    readonly amount: string;
    readonly per: number;
    readonly currency: "USD";
    readonly source: string;
    readonly source_url: string;
    readonly effective_from: string | null;
    readonly kind: string;
  } | null;
  /** A decimal, or num/den where no decimal is exact; null without a rate. */
  readonly multiplier: string | null;
  readonly amount: string | null;
};

export type Quote = {
  readonly status: PricedCallStatus;
  readonly usd: string | null;
  readonly lower_bound: string;
  readonly lines: readonly QuoteLine[];
  readonly rate_set_id: string;
};

/** Prices one call at list prices and shows how. */
export function quote(book: PriceBook, input: QuoteInput): Quote {
  const { tokens, units } = splitUsage(input.usage);
  const priced = priceUsage(book, {
    provider: input.provider,
    model: input.model,
    tier: input.service_tier ?? null,
    speed: input.speed ?? null,
    region: input.region ?? null,
    inferenceGeo: input.inference_geo ?? null,
    ...(input.context_tokens === undefined ? {} : { contextTokens: input.context_tokens }),
    atMs: Date.parse(input.at),
    tokens,
    units,
  });
  return {
    status: priced.status,
    usd: priced.usd === null ? null : toDecimal(priced.usd),
    lower_bound: toDecimal(priced.lowerBound),
    lines: priced.lines.map(receiptLine),
    rate_set_id: priced.rateSet.id,
  };
}

/** A line of a receipt: quantity, rate with its origin, multiplier and amount. */
export function receiptLine({ unit, quantity, rate, cost }: PriceLine): QuoteLine {
  if (rate === null || cost === null) {
    return { unit, quantity, rate: null, multiplier: null, amount: null };
  }
  const { amount, per, kind, source, effectiveFrom } = rate;
  return {
    unit,
    quantity,
    rate: {
      amount,
      per,
      currency: "USD",
      source: source.name,
      source_url: source.url,
      effective_from: effectiveFrom,
      kind,
    },
    multiplier: decimalOrRatio(rate.num, rate.den),
    amount: toDecimal(cost),
  };
}

function decimalOrRatio(num: number, den: number): string {
  let scaled = BigInt(num);
  for (let decimals = 0; decimals <= 18; decimals += 1) {
    if (scaled % BigInt(den) === 0n) {
      const digits = (scaled / BigInt(den)).toString().padStart(decimals + 1, "0");
      return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
    }
    scaled *= 10n;
  }
  return `${num}/${den}`;
}

function hasEachUnitOnce(spellings: readonly string[]): boolean {
  const units = spellings
    .map((spelling) => UNIT_SPELLINGS.get(spelling))
    .filter((unit) => unit === undefined || !isTokenClass(unit));
  return new Set(units).size === units.length;
}

/** The quantities of a quote: token classes, and further units by name. */
export function splitUsage(usage: QuoteInput["usage"]): {
  tokens: Tokens;
  units: Record<string, Quantity>;
} {
  const tokens: Record<TokenClass, number> = { ...NO_TOKENS };
  const units: Record<string, Quantity> = {};
  for (const [spelling, quantity] of Object.entries(usage)) {
    const unit = UNIT_SPELLINGS.get(spelling);
    if (unit === undefined || quantity === undefined) continue;
    if (isTokenClass(unit)) tokens[unit] += Number(quantity);
    else units[unit] = quantity;
  }
  return { tokens, units };
}

function isTokenClass(unit: Unit): unit is TokenClass {
  return TOKEN_CLASSES.some((name) => name === unit);
}
