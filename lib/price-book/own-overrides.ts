import { contextBand, timeWindow } from "#lib/pricing/build-price-book.ts";
import { findModel } from "#lib/pricing/model-name.ts";
import type { OverridePrecedence, PriceOverride } from "#lib/pricing/overrides.ts";
import type { PriceBook } from "#lib/pricing/price-book.ts";
import { normaliseRegion, normaliseSpeed, normaliseTier } from "#lib/pricing/served-tier.ts";
import type { OwnRate } from "./own-rate.ts";

/**
 * What is laid over list prices: contracts, free grants and estimates.
 *
 * @param book The layered book, which knows the canonical name of each model.
 * @param teamsAbove How far above the call's team the contract's team stands.
 */
export function ownOverride(book: PriceBook, rate: OwnRate, teamsAbove = 0): PriceOverride | null {
  const precedence = precedenceOf(rate);
  if (precedence === null) return null;
  const { provider, model, tier, region, context, window } = rate;
  const found = provider === null || model === null ? null : findModel(book, provider, model);
  return {
    precedence,
    teamsAbove,
    provider,
    model: found?.priced.model ?? model,
    unit: rate.unit,
    tier: tier === null ? null : normaliseTier(tier),
    speed: normaliseSpeed(rate.speed),
    region: region === null ? null : normaliseRegion(provider ?? "", region),
    context: context === null ? null : contextBand(context),
    window: window === null ? null : timeWindow(window),
    effectiveFromMs: rate.effectiveFrom?.getTime() ?? null,
    effectiveToMs: rate.effectiveTo?.getTime() ?? null,
    price: rate.price,
    includesFees: rate.includesFees,
    kind: rate.kind,
    source: rate.source,
  };
}

function precedenceOf({ kind, team }: OwnRate): OverridePrecedence | null {
  if (kind === "list") return null;
  if (kind !== "contract") return "org_price";
  return team === null ? "org_contract" : "team_contract";
}
