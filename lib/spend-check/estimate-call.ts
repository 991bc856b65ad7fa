import { parseUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import type { PriceBook, PricedProvider } from "#lib/pricing/price-book.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import { listRateSetOf } from "#lib/pricing/rate-set.ts";
import { contextTokens, NO_TOKENS, type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import type { CheckInput } from "./check-input.ts";
import { tokensOf } from "./check-input.ts";
import type { Learned } from "./learned-calls.ts";

/** What a call is expected to cost, and where that comes from. */
export type CallEstimate = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly tokens: Tokens;
  /** `given` by the caller, `learned` from calls like it, or `assumed` where none are known. */
  readonly basis: "given" | "learned" | "assumed";
  /** `dearest`: the model has no price, so the dearest of its provider stands in for it. */
  readonly pricedBy: "price" | "dearest";
  readonly cost: Usd;
  readonly listCost: Usd;
  /** The largest call of the scope so far, for the bound; the estimate itself where none is known. */
  readonly largestCost: Usd;
};

/** Of a call of which nothing is known: a long prompt and a long answer. */
const ASSUMED: Tokens = { ...NO_TOKENS, input_uncached: 8_000, output: 2_000 };

/** Estimates what a call will cost. Nothing is free because its price is unknown. */
export function estimateCall(
  input: Pick<CheckInput, "team" | "agent" | "model" | "provider" | "estimated_tokens">,
  learned: Learned,
  pricing: Pricing,
  atMs: number,
): CallEstimate {
  const { team = null, agent = null, model = null } = input;
  const provider =
    input.provider ??
    (model === null ? null : learned.providerOf(model)) ??
    sellerOf(pricing.book, model);
  const given = tokensOf(input.estimated_tokens);
  const known = learned.of({ team, agent, model });
  const tokens = given ?? known?.usual ?? ASSUMED;
  const costOf = (each: Tokens) => priceTokens(pricing, { provider, model, team }, each, atMs);
  const cost = costOf(tokens);
  const largest = known === null ? cost : costOf(known.largest);
  return {
    ...{ provider, model, tokens },
    basis: given !== null ? "given" : known !== null ? "learned" : "assumed",
    pricedBy: cost.pricedBy,
    cost: cost.cost,
    listCost: cost.listCost,
    largestCost: larger(largest.cost, cost.cost),
  };
}

type Priced = {
  readonly cost: Usd;
  readonly listCost: Usd;
  readonly pricedBy: CallEstimate["pricedBy"];
};

function priceTokens(
  pricing: Pricing,
  { provider, model, team }: { provider: string | null; model: string | null; team: string | null },
  tokens: Tokens,
  atMs: number,
): Priced {
  const query = { provider, model, contextTokens: contextTokens(tokens), atMs };
  const { rateSet } = pricing.resolve(query, team ?? "");
  const priced = priceWithRateSet(rateSet, tokens);
  const list = listRateSetOf(rateSet);
  const listed = list === rateSet ? priced : priceWithRateSet(list, tokens);
  const dear = () => dearest(pricing.book, provider, tokens);
  if (rateSet.funding !== undefined) {
    return { cost: ZERO_USD, listCost: listed.cost ?? dear(), pricedBy: "price" };
  }
  if (priced.cost !== null) {
    return { cost: priced.cost, listCost: listed.cost ?? priced.cost, pricedBy: "price" };
  }
  const cost = dear();
  return { cost, listCost: cost, pricedBy: "dearest" };
}

/** All tokens at the dearest rate of the provider, or of anybody where that is not known. */
function dearest(book: PriceBook, provider: string | null, tokens: Tokens): Usd {
  const each = dearestRate(book, book.providers.has(provider ?? "") ? provider : null);
  return (each * BigInt(totalTokens(tokens))) as Usd;
}

const DEAREST = new WeakMap<PriceBook, Map<string | null, bigint>>();

/** Of one token; found once for each book. */
function dearestRate(book: PriceBook, provider: string | null): bigint {
  const memory = DEAREST.get(book) ?? new Map<string | null, bigint>();
  DEAREST.set(book, memory);
  const known = memory.get(provider);
  if (known !== undefined) return known;
  const sellers = provider === null ? [...book.providers.values()] : [book.providers.get(provider)];
  let most = 0n;
  for (const each of sellers.flatMap((seller) => ratesOf(seller))) if (each > most) most = each;
  memory.set(provider, most);
  return most;
}

/** What one token costs in the standard tier, model by model. */
function ratesOf(seller: PricedProvider | undefined): bigint[] {
  return [...(seller?.models.values() ?? [])]
    .flatMap(({ rates }) => [
      ...(rates.get("input_uncached") ?? []),
      ...(rates.get("output") ?? []),
    ])
    .filter(({ tier, speed }) => (tier === null || tier === "standard") && speed === null)
    .map(({ amount, per }) => parseUsd(amount) / BigInt(per));
}

/** Who made the model, where it has that name with one seller only among those that make models. */
const MAKERS = ["openai", "anthropic", "gcp.gemini", "deepseek", "mistral_ai", "x_ai", "cohere"];

function sellerOf({ providers }: PriceBook, model: string | null): string | null {
  if (model === null) return null;
  const name = model.toLowerCase();
  return MAKERS.find((maker) => providers.get(maker)?.names.has(name) === true) ?? null;
}

function larger(a: Usd, b: Usd): Usd {
  return a > b ? a : b;
}
