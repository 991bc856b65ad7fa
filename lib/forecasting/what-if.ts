import { z } from "zod";
import {
  addUsd,
  multiplyFraction,
  parseFraction,
  subtractUsd,
  type Usd,
  ZERO_USD,
} from "#lib/money/money.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import type { RateQuery, RateSet } from "#lib/pricing/rate-set.ts";
import { contextTokens, TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";

const Share = z.string().regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, "must be a decimal from 0 to 1");
const ModelName = z
  .string()
  .max(400)
  .regex(/^[^/\s]+\/\S.*$/, "must be provider/model");

/** What is asked of the last 30 days; what is left out stays as it was. */
export const WhatIfInput = z
  .strictObject({
    scope: z.string().max(600).optional(),
    /** Only this model's usage changes; all of the scope's unless given. */
    model: ModelName.optional(),
    to_model: ModelName.optional(),
    price_percent: z
      .string()
      .regex(/^-?\d{1,4}(\.\d{1,4})?$/, "must be a change in percent such as -12.5")
      .refine((text) => Number(text) >= -100, "cannot be below -100")
      .optional(),
    /** The part of the prompt, cache writes left out, that is read from the cache. */
    cache_rate: Share.optional(),
    /** The part of usage that goes to the batch tier. */
    batch_share: Share.optional(),
    people_before: z.int().min(1).max(1_000_000).optional(),
    people_after: z.int().min(0).max(1_000_000).optional(),
  })
  .refine((input) => (input.people_before === undefined) === (input.people_after === undefined), {
    path: ["people_after"],
    message: "people_before and people_after go together",
  });
export type WhatIfInput = z.output<typeof WhatIfInput>;

/** Usage of a team that was priced alike. */
export type PricedUsageRow = {
  readonly team: string;
  readonly rateSet: RateSet;
  readonly calls: number;
  readonly tokens: Tokens;
  readonly cost: Usd;
};

/** A part of the usage as it was and as it would have been. */
export type WhatIfFigures = {
  readonly calls: number;
  readonly actual: Usd;
  readonly scenario: Usd;
  /** Calls whose price in the scenario is not known: they stay as they were. */
  readonly unpricedCalls: number;
};
export type ModelFigures = WhatIfFigures & { readonly provider: string; readonly model: string };
export type TeamFigures = WhatIfFigures & { readonly team: string };

export type WhatIfAnswer = Omit<WhatIfFigures, "calls"> & {
  readonly difference: Usd;
  /** Dearest first; the lines of either list add up to the whole. */
  readonly models: readonly ModelFigures[];
  readonly teams: readonly TeamFigures[];
};

/**
 * Replays usage under other circumstances, on the engine that prices telemetry:
 * exact, and without a change the same to the last digit. What tokens do not
 * explain (fees of web searches, hours) stays as it was; what a plan pays stays
 * paid.
 *
 * @param atMs The moment whose prices another model or tier is priced by.
 */
export function replayUsage(
  rows: readonly PricedUsageRow[],
  question: WhatIfInput,
  pricing: Pick<Pricing, "resolve">,
  atMs: number,
): WhatIfAnswer {
  const models = new Map<string, ModelFigures>();
  const teams = new Map<string, TeamFigures>();
  let whole = NOTHING;
  for (const row of rows) {
    const { provider, model } = row.rateSet;
    const name = `${provider}/${model}`;
    const isAsked = question.model === undefined || question.model === name;
    const cost = isAsked ? replayedCost(row, question, pricing, atMs) : row.cost;
    whole = withRow(whole, row, cost);
    models.set(name, { ...withRow(models.get(name) ?? NOTHING, row, cost), provider, model });
    teams.set(row.team, { ...withRow(teams.get(row.team) ?? NOTHING, row, cost), team: row.team });
  }
  const { actual, scenario, unpricedCalls } = whole;
  const difference = subtractUsd(scenario, actual);
  return {
    ...{ actual, scenario, difference, unpricedCalls },
    models: dearestFirst(models),
    teams: dearestFirst(teams),
  };
}

const NOTHING: WhatIfFigures = {
  calls: 0,
  actual: ZERO_USD,
  scenario: ZERO_USD,
  unpricedCalls: 0,
};

/** @param cost In the scenario; null where its price is not known. */
function withRow(sum: WhatIfFigures, row: PricedUsageRow, cost: Usd | null): WhatIfFigures {
  return {
    calls: sum.calls + row.calls,
    actual: addUsd(sum.actual, row.cost),
    scenario: addUsd(sum.scenario, cost ?? row.cost),
    unpricedCalls: sum.unpricedCalls + (cost === null ? row.calls : 0),
  };
}

function dearestFirst<T extends WhatIfFigures>(lines: ReadonlyMap<string, T>): T[] {
  return [...lines.values()].sort((a, b) => (a.actual < b.actual ? 1 : -1));
}

/** Null where a price is not known. */
function replayedCost(
  row: PricedUsageRow,
  question: WhatIfInput,
  pricing: Pick<Pricing, "resolve">,
  atMs: number,
): Usd | null {
  if (row.rateSet.funding !== undefined) return row.cost;
  const before = priceOf(row.rateSet, row.tokens);
  if (before === null) return null;
  const tokens = withCacheRate(row.tokens, question.cache_rate);
  const resolve = (tier: string) =>
    pricing.resolve(queryOf(row, question.to_model, tokens, tier, atMs), row.team).rateSet;
  const share = row.rateSet.tier === "batch" ? "0" : (question.batch_share ?? "0");
  const [batch, rest] = splitTokens(tokens, share);
  const own = question.to_model === undefined ? row.rateSet : resolve(row.rateSet.tier);
  const inBatch = Number(share) > 0 ? priceOf(resolve("batch"), batch) : ZERO_USD;
  const outside = priceOf(own, rest);
  if (inBatch === null || outside === null) return null;
  const after = withFactors(addUsd(inBatch, outside), question);
  const untold = withFactors(subtractUsd(row.cost, before), {
    ...question,
    price_percent: undefined,
  });
  return addUsd(after, untold);
}

/** What tokens cost; null without a price, nothing where it is paid beforehand. */
export function priceOf(rateSet: RateSet, tokens: Tokens): Usd | null {
  return rateSet.funding === undefined ? priceWithRateSet(rateSet, tokens).cost : ZERO_USD;
}

/** The question for the rates of a row, of its own model or another. */
export function queryOf(
  { rateSet, calls }: PricedUsageRow,
  toModel: string | undefined,
  tokens: Tokens,
  tier: string,
  atMs: number,
): RateQuery {
  const slash = toModel?.indexOf("/") ?? -1;
  const isSame = toModel === undefined;
  return {
    provider: isSame ? rateSet.provider : toModel.slice(0, slash),
    model: isSame ? rateSet.model : toModel.slice(slash + 1),
    tier,
    // Another provider's regions and speeds are other names for other things.
    speed: isSame ? rateSet.speed : null,
    region: isSame ? rateSet.region : null,
    inferenceGeo: isSame ? rateSet.inferenceGeo : null,
    contextTokens: Math.round(contextTokens(tokens) / Math.max(1, calls)),
    atMs,
  };
}

function withCacheRate(tokens: Tokens, rate: string | undefined): Tokens {
  if (rate === undefined) return tokens;
  const prompt = tokens.input_uncached + tokens.cache_read;
  const cached = partOf(prompt, rate);
  return { ...tokens, cache_read: cached, input_uncached: prompt - cached };
}

function splitTokens(tokens: Tokens, share: string): [part: Tokens, rest: Tokens] {
  const part = Object.fromEntries(
    TOKEN_CLASSES.map((name) => [name, partOf(tokens[name], share)]),
  ) as Tokens;
  const rest = Object.fromEntries(
    TOKEN_CLASSES.map((name) => [name, tokens[name] - part[name]]),
  ) as Tokens;
  return [part, rest];
}

/** Whole tokens, exact for counts beyond what doubles multiply exactly. */
function partOf(count: number, share: string): number {
  const { num, den } = parseFraction(share);
  return Number((BigInt(count) * num) / den);
}

function withFactors(cost: Usd, { price_percent, people_before, people_after }: WhatIfInput): Usd {
  let changed = cost;
  if (price_percent !== undefined) {
    const { num, den } = parseFraction(price_percent);
    changed = multiplyFraction(changed, 100n * den + num, 100n * den);
  }
  if (people_before !== undefined && people_after !== undefined) {
    changed = multiplyFraction(changed, BigInt(people_after), BigInt(people_before));
  }
  return changed;
}
