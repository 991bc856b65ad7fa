import { canonicalProvider } from "#lib/pricing/providers.ts";
import type { Unit } from "#lib/pricing/units.ts";
import { isObject, type JsonObject } from "./exact-json.ts";
import { collectPrices, type ForeignPrice } from "./foreign-rate.ts";
import type { NewRate } from "./own-rate.ts";
import type { ReadOptions, ReadPrices, Refusal } from "./price-file-formats.ts";

const UNIT_OF_KEY: Readonly<Record<string, Unit>> = {
  input: "input_uncached",
  output: "output",
  reasoning: "reasoning",
  cache_read: "cache_read",
  cache_write: "cache_write_5m",
  input_audio: "input_audio",
  output_audio: "output_audio",
};
const OVER = /^context_over_(\d+)k$/;

/** models.dev's `api.json`: providers with models, USD per million tokens. */
export function readModelsDev(file: JsonObject, options: ReadOptions): ReadPrices {
  const providers = isObject(file.providers) ? file.providers : file;
  const rates: NewRate[] = [];
  const refused: Refusal[] = [];
  for (const [id, provider] of Object.entries(providers)) {
    if (!isObject(provider) || !isObject(provider.models)) continue;
    for (const [model, { cost }] of Object.entries(provider.models).filter(isModel)) {
      collectPrices(pricesOf(cost, canonicalProvider(id), model), `${id} ${model}`, options, {
        rates,
        refused,
      });
    }
  }
  return { rates, refused };
}

function isModel(entry: [string, unknown]): entry is [string, { readonly cost: JsonObject }] {
  return isObject(entry[1]) && isObject(entry[1].cost);
}

function* pricesOf(cost: JsonObject, provider: string, model: string): Generator<ForeignPrice> {
  const bands = Object.keys(cost).flatMap((key) => {
    const size = OVER.exec(key)?.[1];
    return size === undefined ? [] : [{ key, over: Number(size) * 1_000 }];
  });
  bands.sort((a, b) => a.over - b.over);
  const first = bands[0]?.over;
  const source = { name: "models.dev", url: "https://models.dev" };
  const base = { provider, model, tier: null, shift: 0, source };
  yield* bandPrices(cost, { ...base, context: first === undefined ? null : { upTo: first } });
  for (const [i, { key, over }] of bands.entries()) {
    const next = bands[i + 1]?.over;
    const context = next === undefined ? { over } : { over, upTo: next };
    const prices = cost[key];
    if (isObject(prices)) yield* bandPrices(prices, { ...base, context });
  }
}

function* bandPrices(
  prices: JsonObject,
  base: Omit<ForeignPrice, "unit" | "text">,
): Generator<ForeignPrice> {
  for (const [key, text] of Object.entries(prices)) {
    const unit = UNIT_OF_KEY[key];
    if (unit !== undefined && text !== null) yield { ...base, unit, text };
  }
}
