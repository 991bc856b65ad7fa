import { canonicalProvider } from "#lib/pricing/providers.ts";
import type { Unit } from "#lib/pricing/units.ts";
import { because, type Reason } from "#lib/refusals/reason.ts";
import { isObject, type JsonObject } from "./exact-json.ts";
import { collectPrices, type ForeignPrice } from "./foreign-rate.ts";
import type { NewRate } from "./own-rate.ts";
import { type ReadOptions, type ReadPrices, type Refusal, refusal } from "./price-file-formats.ts";

/**
 * LiteLLM's `model_prices_and_context_window.json` (BerriAI/litellm): an object
 * of models, USD per token, with suffixes for prompt sizes and tiers.
 */
export function readLitellm(file: JsonObject, options: ReadOptions): ReadPrices {
  const rates: NewRate[] = [];
  const refused: Refusal[] = [];
  for (const [key, model] of Object.entries(file)) {
    if (key === "sample_spec" || !isObject(model) || !MODES.has(String(model.mode))) continue;
    const { provider, name, reason } = nameOf(key, String(model.litellm_provider ?? ""));
    if (reason !== null) {
      refused.push(refusal(key, reason));
      continue;
    }
    collectPrices(pricesOf(model, provider, name), key, options, { rates, refused });
  }
  return { rates, refused };
}

/** Other modes are sold by images, seconds or pages in ways that have no unit here. */
const MODES = new Set(["chat", "completion", "responses", "embedding"]);

const UNIT_OF_KEY: Readonly<Record<string, Unit>> = {
  input_cost_per_token: "input_uncached",
  cache_read_input_token_cost: "cache_read",
  cache_creation_input_token_cost: "cache_write_5m",
  cache_creation_input_token_cost_above_1hr: "cache_write_1h",
  output_cost_per_token: "output",
  output_cost_per_reasoning_token: "reasoning",
  input_cost_per_audio_token: "input_audio",
  output_cost_per_audio_token: "output_audio",
  input_cost_per_image_token: "input_image",
  output_cost_per_image_token: "output_image",
};
const TIER_OF_SUFFIX: Readonly<Record<string, string>> = {
  batches: "batch",
  flex: "flex",
  priority: "priority",
};
const KEY = /^(.+?)(?:_above_(\d+)k_tokens)?(?:_(batches|flex|priority))?$/;

function* pricesOf(model: JsonObject, provider: string, name: string): Generator<ForeignPrice> {
  const thresholds = Object.keys(model).flatMap((key) => {
    const [, base = "", above] = KEY.exec(key) ?? [];
    return above === undefined || UNIT_OF_KEY[base] === undefined ? [] : [Number(above) * 1_000];
  });
  const bounds = [...new Set(thresholds)].sort((a, b) => a - b);
  for (const [key, text] of Object.entries(model)) {
    const [, base = "", above, suffix] = KEY.exec(key) ?? [];
    const unit = UNIT_OF_KEY[base];
    if (unit === undefined || text === null) continue;
    const over = above === undefined ? null : Number(above) * 1_000;
    yield {
      ...{ provider, model: name, unit, text, shift: 6 },
      tier: suffix === undefined ? null : (TIER_OF_SUFFIX[suffix] ?? suffix),
      context: bandOf(over, bounds),
      source: { name: "LiteLLM model prices", url: sourceUrl(model) },
    };
  }
}

/** A price above a size holds up to the next such size, and the plain one up to the first. */
function bandOf(over: number | null, bounds: readonly number[]): ForeignPrice["context"] {
  const next = bounds.find((bound) => over === null || bound > over);
  if (over === null && next === undefined) return null;
  return { ...(over === null ? {} : { over }), ...(next === undefined ? {} : { upTo: next }) };
}

const LITELLM = "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json";

function sourceUrl({ source }: JsonObject): string {
  return typeof source === "string" && /^https?:\/\/\S{1,500}$/.test(source) ? source : LITELLM;
}

type Named = { readonly provider: string; readonly name: string; readonly reason: Reason | null };

/** `vertex_ai-language-models`, `fireworks_ai-embedding-models`, `cohere_chat`: the seller is in front. */
function nameOf(key: string, stated: string): Named {
  const seller = stated
    .replace(/-(?!ai|openai)[a-z_0-9-]*models$/, "")
    .replace(/_(chat|text)$/, "");
  const provider = canonicalProvider(seller === "text-completion-openai" ? "openai" : seller);
  if (provider === "") return { provider, name: key, reason: because("no_seller") };
  const parts = key.split("/");
  const isPrefixed = parts.length > 1 && canonicalProvider(parts[0] ?? "") === provider;
  const name = isPrefixed ? parts.slice(1).join("/") : key;
  const hasPlace = provider === "aws.bedrock" && /^([a-z]{2}-[a-z]+-\d|\w+\.)\/?/.test(name);
  const isPlaced = hasPlace && (name.includes("/") || GEOGRAPHY.test(name));
  const isAzurePlace =
    provider === "azure.ai.openai" && /^(us|eu|global|global-standard)\//.test(name);
  const reason = isPlaced || isAzurePlace ? because("one_place") : null;
  return { provider, name, reason };
}

const GEOGRAPHY = /^(us-gov|us|eu|apac|jp|au|in|ca|global)\./;
