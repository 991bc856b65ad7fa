import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { findRate } from "#lib/pricing/find-rate.ts";
import type { PriceBook } from "#lib/pricing/price-book.ts";
import type { ResolvedRate } from "#lib/pricing/rate-set.ts";
import { locate, resolveRateSet } from "#lib/pricing/resolve-rate-set.ts";
import type { Unit } from "#lib/pricing/units.ts";
import { because, type Reason } from "#lib/refusals/reason.ts";
import { type NewRate, rateKey } from "./own-rate.ts";
import { type Refusal, refusal } from "./price-file-formats.ts";
import { placeOf } from "./rate-store.ts";

export const IMPORT_MODES = ["missing", "all"] as const;
/** `missing`: only what has no price yet; what differs is shown and left. `all`: the file wins. */
export type ImportMode = (typeof IMPORT_MODES)[number];

/** A price of the file and what is charged for the same thing by the book. */
export type Difference = {
  readonly rate: NewRate;
  /** Null where the book has no price. US dollars for the block of `rate`. */
  readonly before: string | null;
};

/** What an import would do. */
export type ImportPlan = {
  /** To be recorded. */
  readonly added: readonly Difference[];
  /** The same price is charged already. */
  readonly unchanged: number;
  /** Another price is charged, and the mode leaves it. */
  readonly differing: readonly Difference[];
  readonly refused: readonly Refusal[];
  /** Of `added`, what a person should look at before it prices anything. */
  readonly suspicious: readonly Refusal[];
};

const DAY_MS = 86_400_000;
const LONG_AGO_MS = 90 * DAY_MS;

/**
 * Compares read prices with the book and applies the guards: refused is what
 * no provider charges, suspicious a jump of more than ten times and a change
 * dated more than 90 days back, and one price for all prompt sizes where the
 * book has several. Only list prices are compared and guarded.
 *
 * @param listed What the price list says already, shipped or own.
 */
export function planImport(
  book: PriceBook,
  read: { readonly rates: readonly NewRate[]; readonly refused: readonly Refusal[] },
  mode: ImportMode,
  now: Date,
  listed: readonly NewRate[] = [],
): ImportPlan {
  const known = new Set(listed.map(contentOf));
  const { sound, refused } = guarded(read.rates);
  const fresh = sound.filter((rate) => !known.has(contentOf(rate)));
  const { once, contradicting } = statedOnce(fresh);
  const added: Difference[] = [];
  const differing: Difference[] = [];
  let unchanged = sound.length - fresh.length;
  for (const rate of once) {
    const before = rate.kind === "list" ? chargedNow(book, rate, now) : null;
    if (before !== null && isSamePrice(rate, before)) unchanged++;
    else if (before !== null && mode === "missing") differing.push({ rate, before });
    else added.push({ rate, before });
  }
  const suspicious = added.flatMap(
    (difference) => suspicionOf(difference, now) ?? flattening(book, difference, now) ?? [],
  );
  return {
    added,
    unchanged,
    differing,
    refused: [...read.refused, ...refused, ...contradicting],
    suspicious,
  };
}

/** Each price once; of what a file states twice and differently nobody knows which is meant. */
function statedOnce(rates: readonly NewRate[]): { once: NewRate[]; contradicting: Refusal[] } {
  const contradicting: Refusal[] = [];
  const once = [...Map.groupBy(rates, placeOf).values()].flatMap((stated) => {
    const [first, second] = new Map(stated.map((rate) => [contentOf(rate), rate])).values();
    if (first === undefined || second === undefined) return first ?? [];
    const twice = because("stated_twice", { first: priceText(first), second: priceText(second) });
    contradicting.push(refusal(describeRate(first), twice));
    return [];
  });
  return { once, contradicting };
}

function priceText({ price }: NewRate): string {
  return "amount" in price ? price.amount : `${price.off.num}/${price.off.den} off`;
}

function contentOf(rate: NewRate): string {
  const { price, effectiveFrom, effectiveTo } = rate;
  const paid = "amount" in price ? [parseUsd(price.amount).toString(), price.per] : price.off;
  return JSON.stringify([rateKey(rate), paid, effectiveFrom, effectiveTo]);
}

/** Whom a price is for, in words. */
export function describeRate({ provider, model, unit, tier, team, context }: NewRate): string {
  const band = context === null ? null : JSON.stringify(context);
  return [team, provider, model, unit, tier, band].filter((part) => part !== null).join(" ");
}

/** Prices of one model and one set of conditions, side by side. */
function guarded(rates: readonly NewRate[]): { sound: NewRate[]; refused: Refusal[] } {
  const refused: Refusal[] = [];
  const cards = Map.groupBy(rates, (rate) => {
    const { team, kind, provider, model, tier, speed, region, context, window, ...rest } = rate;
    const conditions = [team, kind, provider, model, tier, speed, region, context, window];
    return JSON.stringify([...conditions, rest.effectiveFrom]);
  });
  const sound = [...cards.values()].flatMap((card) => {
    const amounts = new Map(card.map((rate) => [rate.unit, blockPrice(rate)]));
    return card.filter((rate) => {
      const reason = rate.kind === "list" ? impossibility(rate.unit, amounts) : null;
      if (reason !== null) refused.push(refusal(describeRate(rate), reason));
      return reason === null;
    });
  });
  return { sound, refused };
}

/** Nearly always a unit error; the input itself is refused with its output. */
function impossibility(
  unit: Unit | null,
  amounts: ReadonlyMap<Unit | null, bigint | null>,
): Reason | null {
  const [input, output, read] = (["input_uncached", "output", "cache_read"] as const).map((name) =>
    amounts.get(name),
  );
  if (input == null) return null;
  const isOfBoth = unit === "input_uncached" || unit === "output";
  if (isOfBoth && output != null && output * 10n < input) {
    return because("output_low");
  }
  if (unit === "cache_read" && read != null && read > input) {
    return because("cache_high");
  }
  return null;
}

/** What a million units cost, for comparing; null for a discount. */
function blockPrice({ price }: NewRate): bigint | null {
  return "amount" in price ? (parseUsd(price.amount) * 1_000_000n) / BigInt(price.per) : null;
}

/** A moment at which the price holds: its first, else now or its last. */
function momentOf({ effectiveFrom, effectiveTo }: NewRate, now: Date): number {
  if (effectiveFrom !== null) return effectiveFrom.getTime();
  return Math.min(now.getTime(), (effectiveTo?.getTime() ?? Infinity) - 1);
}

/** What the book charges for the same thing at a moment of the price, for its block. */
function chargedNow(
  book: PriceBook,
  rate: NewRate,
  now: Date,
  size = sizeIn(rate.context),
): string | null {
  if (!("amount" in rate.price) || rate.window !== null) return null;
  const found = listedAt(book, rate, size, momentOf(rate, now));
  if (found === null) return null;
  const per = BigInt(rate.price.per) * BigInt(found.num);
  const amount = (parseUsd(found.amount) * per) / (BigInt(found.per) * BigInt(found.den));
  return toDecimal(amount as Usd);
}

type Charged = Pick<ResolvedRate, "amount" | "per" | "num" | "den">;

/** Of a model, or the fee that a provider charges for all that have none of their own. */
function listedAt(book: PriceBook, rate: NewRate, size: number, atMs: number): Charged | null {
  const { provider, model, tier, speed, region, unit } = rate;
  const query = { provider, model, tier, speed, region, contextTokens: size, atMs };
  if (model !== null || unit === null) {
    return resolveRateSet(book, query).rates.find((resolved) => resolved.unit === unit) ?? null;
  }
  const fees = book.providers.get(provider ?? "")?.fees.get(unit) ?? [];
  const fee = findRate(book, fees, unit, locate(book, query).call);
  return fee === null ? null : { ...fee.rate, num: 1, den: 1 };
}

function sizeIn(context: NewRate["context"]): number {
  if (context === null) return 0;
  return context.from ?? (context.over === undefined ? 0 : context.over + 1);
}

function isSamePrice({ price }: NewRate, before: string): boolean {
  return "amount" in price && parseUsd(price.amount) === parseUsd(before);
}

/** Larger than any prompt. */
const LARGEST = 1_000_000_000;

function flattening(book: PriceBook, { rate, before }: Difference, now: Date): Refusal | null {
  if (before === null || rate.kind !== "list" || rate.context !== null) return null;
  if (before === chargedNow(book, rate, now, LARGEST)) return null;
  return refusal(describeRate(rate), because("all_sizes"));
}

function suspicionOf({ rate, before }: Difference, now: Date): Refusal | null {
  if (before === null || !("amount" in rate.price)) return null;
  const where = describeRate(rate);
  const change = { before, after: rate.price.amount };
  const [after, old] = [parseUsd(rate.price.amount), parseUsd(before)];
  if (after > old * 10n || after * 10n < old) {
    return refusal(where, because("jump", change));
  }
  const from = rate.effectiveFrom?.getTime() ?? -Infinity;
  return now.getTime() - from > LONG_AGO_MS ? refusal(where, because("long_ago", change)) : null;
}
