import { addCosts, type Costs, hasCosts, NO_COSTS, subtractCosts } from "#lib/cost-model/costs.ts";
import {
  lineCost,
  multiplyFraction,
  parseUsd,
  toDecimal,
  type Usd,
  ZERO_USD,
} from "#lib/money/money.ts";
import { listRateSetOf, type RateSet, type ResolvedRate } from "#lib/pricing/rate-set.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import { TOKEN_CLASSES, type TokenClass, type Tokens } from "#lib/usage/tokens.ts";
import type { FocusRow } from "./focus-row.ts";
import { type Account, frameOf } from "./frame.ts";
import { serviceNames } from "./service-names.ts";

/** A day's usage of a team at one rate set, as the rollups hold it. */
export type UsageGroup = {
  readonly day: CivilDay;
  readonly team: string;
  readonly costCenter: string | null;
  readonly project: string | null;
  readonly environment: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly tier: string | null;
  readonly rateSet: RateSet | null;
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly tokens: Tokens;
  readonly costs: Costs;
};

/** What a row of usage is before its money is final. */
export type UsagePart = { readonly row: Omit<FocusRow, CostColumn>; readonly costs: Costs };
type CostColumn = "BilledCost" | "ContractedCost" | "EffectiveCost" | "ListCost";

const METERS: Readonly<Record<TokenClass, string>> = {
  input_uncached: "Input Tokens",
  cache_read: "Cache Read Tokens",
  cache_write_5m: "Cache Write Tokens",
  cache_write_1h: "Cache Write Tokens (1 hour)",
  output: "Output Tokens",
  reasoning: "Reasoning Tokens",
};

/**
 * One row for each token class that was used, since a row of FOCUS has one SKU
 * price; unit price times quantity is its cost. What the group cost beyond its
 * tokens (fees, other modalities, or less where calls have no price) is a row of
 * its own, so that the rows add up to the group in each of the four costs.
 */
export function usageParts(account: Account, group: UsageGroup): UsagePart[] {
  const parts = TOKEN_CLASSES.flatMap((unit) => {
    const quantity = quantityOf(group, unit);
    return quantity === 0 ? [] : [tokenPart(account, group, unit, quantity)];
  });
  const told = parts.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
  const rest = subtractCosts(group.costs, told);
  const isWhole = !hasCosts(rest) && (parts.length > 0 || group.unpricedCalls === 0);
  return withCounts(isWhole ? parts : [...parts, restPart(account, group, rest)], group);
}

export function withCosts({ row, costs }: UsagePart): FocusRow {
  return {
    ...row,
    BilledCost: toDecimal(costs.billed),
    ContractedCost: toDecimal(costs.contracted),
    EffectiveCost: toDecimal(costs.effective),
    ListCost: toDecimal(costs.list),
  };
}

/** Reasoning is part of the output unless it has a price of its own. */
function quantityOf({ tokens, rateSet }: UsageGroup, unit: TokenClass): number {
  const isApart = rateSet?.rates.some((rate) => rate.unit === "reasoning") ?? false;
  if (unit === "reasoning") return isApart ? tokens.reasoning : 0;
  return unit === "output" && isApart ? tokens.output - tokens.reasoning : tokens[unit];
}

function tokenPart(
  account: Account,
  group: UsageGroup,
  unit: TokenClass,
  quantity: number,
): UsagePart {
  const { rateSet, model } = group;
  const rate = rateIn(rateSet?.rates, unit);
  const listRate = rateIn(rateSet === null ? [] : listRateSetOf(rateSet).rates, unit) ?? rate;
  const per = (rate ?? listRate)?.per ?? 1_000_000;
  const contracted = costOf(quantity, rate);
  const paid = rateSet?.funding === undefined ? contracted : ZERO_USD;
  return {
    row: {
      ...shared(account, group),
      ...skuOf(group, unit, rate, listRate),
      ChargeDescription: `${model ?? "unknown model"} ${METERS[unit].toLowerCase()}`,
      ConsumedQuantity: String(quantity),
      ConsumedUnit: "Tokens",
      PricingQuantity: blocks(quantity, per),
      PricingUnit: per === 1 ? "Tokens" : `${per} Tokens`,
      x_TokenType: unit,
    },
    costs: { list: costOf(quantity, listRate), contracted, effective: paid, billed: paid },
  };
}

function rateIn(rates: readonly ResolvedRate[] | undefined, unit: TokenClass) {
  return rates?.find((rate) => rate.unit === unit);
}

/** What is bought at which price; all null together where there is none. */
function skuOf(
  { provider, model, rateSet }: UsageGroup,
  unit: TokenClass,
  rate: ResolvedRate | undefined,
  listRate: ResolvedRate | undefined,
) {
  if (rate === undefined || listRate === undefined || rateSet === null) return NO_SKU;
  const sku = `${provider ?? "unknown"}/${model ?? "unknown"}/${unit}`;
  const details = { x_Model: model ?? "unknown", x_TokenType: unit, ...tierOf(rateSet) };
  return {
    ContractedUnitPrice: unitPrice(rate),
    ListUnitPrice: unitPrice(listRate),
    SkuId: sku,
    SkuMeter: METERS[unit],
    SkuPriceDetails: JSON.stringify(details),
    SkuPriceId: `${sku}/rs_${rateSet.id}`,
  };
}

const NO_SKU = {
  ContractedUnitPrice: null,
  ListUnitPrice: null,
  SkuId: null,
  SkuMeter: null,
  SkuPriceDetails: null,
  SkuPriceId: null,
};

/** What the tokens do not tell: of other units, of calls without a whole price, of rounding each call. */
function restPart(account: Account, group: UsageGroup, costs: Costs): UsagePart {
  const model = group.model ?? "unknown model";
  const isOfUnits = group.unpricedCalls === 0 && !isRounding(costs, group.calls);
  const quantity = isOfUnits ? String(Math.max(group.calls, 1)) : null;
  const unknown = `${model}: of calls without a whole price`;
  const known = isOfUnits ? `${model} other billed units` : `${model}: rounding of single calls`;
  return {
    row: {
      ...shared(account, group),
      ChargeCategory: isOfUnits ? "Usage" : "Adjustment",
      ChargeDescription: group.unpricedCalls > 0 ? unknown : known,
      ConsumedQuantity: quantity,
      ConsumedUnit: quantity === null ? null : "Requests",
      ...NO_SKU,
      PricingCategory: isOfUnits ? "Standard" : null,
      PricingQuantity: quantity,
      PricingUnit: quantity === null ? null : "Requests",
      x_TokenType: null,
    },
    costs,
  };
}

function shared(account: Account, group: UsageGroup) {
  const { service, seller, host } = serviceNames(group.provider);
  const { rateSet } = group;
  return {
    ...frameOf(account, group.day, group.team),
    ChargeCategory: "Usage",
    ChargeFrequency: "Usage-Based",
    HostProviderName: host,
    InvoiceIssuerName: seller,
    PricingCategory: pricingCategory(rateSet, group.tier),
    RegionId: rateSet?.region ?? null,
    RegionName: rateSet?.region ?? null,
    ServiceName: service,
    ServiceProviderName: seller,
    Tags: tagsOf(group),
    x_CostCenter: group.costCenter,
    x_CostSource: "estimated",
    x_LineKind: rateSet?.funding === undefined ? "usage" : "covered",
    x_Model: group.model,
    x_RequestCount: "0",
    x_ServiceTier: group.tier,
    x_UnpricedRequestCount: "0",
  };
}

/** Calls are the group's, not a token class's: its first row has them. */
function withCounts(parts: UsagePart[], { calls, unpricedCalls }: UsageGroup): UsagePart[] {
  return parts.map((part, index) =>
    index > 0
      ? part
      : {
          ...part,
          row: {
            ...part.row,
            x_RequestCount: String(calls),
            x_UnpricedRequestCount: String(unpricedCalls),
          },
        },
  );
}

function costOf(quantity: number, rate: ResolvedRate | undefined): Usd {
  if (rate === undefined) return ZERO_USD;
  return lineCost({ num: BigInt(quantity), den: 1n }, parseUsd(rate.amount), BigInt(rate.per), {
    num: BigInt(rate.num),
    den: BigInt(rate.den),
  });
}

function unitPrice({ amount, num, den }: ResolvedRate): string {
  return toDecimal(multiplyFraction(parseUsd(amount), BigInt(num), BigInt(den)));
}

/** `quantity ÷ per`, exactly: blocks are powers of ten. */
function blocks(quantity: number, per: number): string {
  return toDecimal(((BigInt(quantity) * 10n ** 18n) / BigInt(per)) as Usd);
}

function pricingCategory(rateSet: RateSet | null, tier: string | null): string {
  if (rateSet?.funding === "commitment") return "Committed";
  return tier === "batch" || tier === "flex" ? "Dynamic" : "Standard";
}

function tierOf({ tier, speed }: RateSet): Record<string, string> {
  return { x_ServiceTier: tier, ...(speed !== null && { x_Speed: speed }) };
}

function tagsOf({ costCenter, project, environment }: UsageGroup): string | null {
  const tags = Object.entries({ cost_center: costCenter, environment, project }).filter(
    ([, value]) => value !== null,
  );
  return tags.length === 0 ? null : JSON.stringify(Object.fromEntries(tags));
}

/** Each line of each call was rounded at the eighteenth decimal; the sum of tokens is rounded once. */
function isRounding(rest: Costs, calls: number): boolean {
  const most = BigInt(calls + 1) * BigInt(TOKEN_CLASSES.length);
  return Object.values(rest).every((amount) => amount <= most && amount >= -most);
}
