import type { PriceCard, PriceFile } from "./price-file.ts";

/** A price that two files state differently; null where a file has none. */
export type PriceChange = {
  readonly provider: string;
  readonly model: string;
  readonly unit: string;
  /** What the price is for, as JSON: tier, speed, region, context, window, from, to. */
  readonly conditions: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** Every price that is new, gone or another one, sorted by provider, model and unit. */
export function comparePriceFiles(before: PriceFile, after: PriceFile): PriceChange[] {
  const [old, fresh] = [pricesOf(before), pricesOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((key) => {
    const change = { before: old.get(key) ?? null, after: fresh.get(key) ?? null };
    if (change.before === change.after) return [];
    const [provider, model, unit, conditions] = JSON.parse(key) as [string, string, string, string];
    return [{ provider, model, unit, conditions, ...change }];
  });
}

/** Models that another one stands for (`also`) have its prices. */
function pricesOf({ providers }: PriceFile): Map<string, string> {
  const prices = new Map<string, string>();
  for (const [provider, { models }] of Object.entries(providers)) {
    for (const [id, { also = [], cards }] of Object.entries(models)) {
      for (const model of [id, ...also]) {
        for (const card of cards) addCard(prices, [provider, model], card);
      }
    }
  }
  return prices;
}

function addCard(prices: Map<string, string>, whose: readonly string[], card: PriceCard): void {
  const { tier, speed, region, context, window, from, to } = card;
  const conditions = JSON.stringify({ tier, speed, region, context, window, from, to });
  for (const [unit, amount] of Object.entries(card.usd)) {
    prices.set(JSON.stringify([...whose, unit, conditions]), amount);
  }
}
