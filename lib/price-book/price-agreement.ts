import { parseUsd } from "#lib/money/money.ts";
import type { PriceChange } from "#lib/pricing/compare-price-files.ts";
import type { PriceCard, PriceFile } from "#lib/pricing/price-file.ts";
import { normaliseTier } from "#lib/pricing/served-tier.ts";
import { isTokenUnit, UNITS, type Unit } from "#lib/pricing/units.ts";
import type { NewRate } from "./own-rate.ts";

/**
 * How sure a published price is (two sources must state the same decimals):
 * - `agreed`: another source states exactly this price.
 * - `disputed`: another source states another one, and none this.
 * - `alone`: nobody else states one; a first-party price then waits for a person.
 * - `gone`: the price is not published any more.
 * - `other`: a reseller's price, which is taken as it is published.
 */
export type PriceVerdict = "agreed" | "disputed" | "alone" | "gone" | "other";

/** Whose own price pages most usage is billed by. */
const FIRST_PARTIES: ReadonlySet<string> = new Set([
  ...["openai", "anthropic", "gcp.gemini", "gcp.vertex_ai", "aws.bedrock", "azure.ai.openai"],
  ...[
    "azure",
    "mistral_ai",
    "deepseek",
    "x_ai",
    "cohere",
    "perplexity",
    "groq",
    "moonshot_ai",
    "minimax",
    "zai",
  ],
]);

/** What sources state, as USD for a million units (10⁻¹⁸), by what it is stated for. */
export type StatedPrices = ReadonlyMap<string, ReadonlySet<bigint>>;

/** Whether the two-source rule lets a change of the catalogue through. */
export function verdictOf(change: PriceChange, second: StatedPrices): PriceVerdict {
  const { provider, model, unit, after } = change;
  if (after === null) return "gone";
  if (!FIRST_PARTIES.has(provider)) return "other";
  const conditions = JSON.parse(change.conditions) as Conditions;
  const stated = second.get(keyOf({ provider, model, unit, ...conditions }));
  if (stated === undefined) return "alone";
  const per = UNITS[unit as Unit]?.per ?? 1_000_000;
  return stated.has(forMillion(after, per)) ? "agreed" : "disputed";
}

/** The prices of files that people keep by hand, and of those read from others. */
export function statedPrices(
  files: readonly PriceFile[],
  rates: readonly NewRate[] = [],
): StatedPrices {
  const stated = new Map<string, Set<bigint>>();
  const add = (key: string, amount: bigint) => {
    stated.set(key, (stated.get(key) ?? new Set()).add(amount));
  };
  for (const { provider, model, card } of files.flatMap(cardsOf)) {
    for (const [unit, amount] of Object.entries(card.usd)) {
      const per = UNITS[unit as Unit].per;
      add(keyOf({ provider, model, unit, ...card }), forMillion(amount, per));
    }
  }
  for (const { provider, model, unit, price, context, window, ...rest } of rates) {
    if (provider === null || model === null || unit === null || !("amount" in price)) continue;
    const conditions = { ...rest, context: context ?? undefined, window: window ?? undefined };
    add(keyOf({ provider, model, unit, ...conditions }), forMillion(price.amount, price.per));
  }
  return stated;
}

function cardsOf({ providers }: PriceFile) {
  return Object.entries(providers).flatMap(([provider, { models }]) =>
    Object.entries(models).flatMap(([id, { names = [], also = [], cards }]) =>
      [id, ...names, ...also].flatMap((model) => cards.map((card) => ({ provider, model, card }))),
    ),
  );
}

type Conditions = {
  readonly tier?: string | null | undefined;
  readonly speed?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly context?: PriceCard["context"];
  readonly window?: PriceCard["window"];
};

/** What a price is for. Since when is no part of it: sources date the same price differently. */
function keyOf(
  price: Conditions & { readonly provider: string; readonly model: string; readonly unit: string },
): string {
  const { provider, model, unit, tier, speed, region, context, window } = price;
  const isToken = unit in UNITS && isTokenUnit(unit as Unit);
  return JSON.stringify([
    ...[provider, model.toLowerCase(), unit],
    ...[isToken ? normaliseTier(tier) : null, speed ?? null, region ?? null],
    ...[context?.from ?? context?.over ?? 0, context?.upTo ?? context?.below ?? null],
    window === undefined ? null : [window.tz, window.from, window.to],
  ]);
}

function forMillion(amount: string, per: number): bigint {
  return (parseUsd(amount) * 1_000_000n) / BigInt(per);
}
