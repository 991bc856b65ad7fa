import type { z } from "zod";
import type { OverridePrice } from "#lib/pricing/overrides.ts";
import type { PriceSource, RateKind } from "#lib/pricing/price-book.ts";
import type { ContextShape, WindowShape } from "#lib/pricing/price-file.ts";
import { normaliseTier } from "#lib/pricing/served-tier.ts";
import { isTokenUnit, type Unit } from "#lib/pricing/units.ts";

/** A price to be recorded, in canonical names. */
export type NewRate = {
  /** Whose price it is; null for the whole organisation. */
  readonly team: string | null;
  readonly kind: RateKind;
  /** Null for all, which only a discount may say. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly unit: Unit | null;
  readonly price: OverridePrice;
  /** Null: standard for an amount, any for a discount. */
  readonly tier: string | null;
  readonly speed: string | null;
  readonly region: string | null;
  readonly context: z.infer<typeof ContextShape> | null;
  readonly window: z.infer<typeof WindowShape> | null;
  readonly includesFees: boolean;
  /** When it is charged: from inclusive, to exclusive; null is open. */
  readonly effectiveFrom: Date | null;
  readonly effectiveTo: Date | null;
  readonly source: PriceSource;
};

/** A recorded price. Nothing of it ever changes but the two `superseded` fields. */
export type OwnRate = NewRate & Believed & { readonly id: string };

/** When a row was written down, and until when it was believed. */
export type Believed = {
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly supersededAt: Date | null;
  readonly supersededBy: string | null;
};

/**
 * What two prices must share for the later one to take the other's place: all
 * that says whom and what they are for. Where several of one key are in force,
 * the one that started last is charged, so an earlier price needs no end.
 */
export function rateKey(rate: NewRate): string {
  const { team, kind, provider, model, unit, speed, region, context, window } = rate;
  return JSON.stringify([
    team,
    kind === "contract",
    provider,
    model?.toLowerCase() ?? null,
    unit,
    tierOf(rate),
    speed,
    region,
    context === null ? null : [context.from, context.over, context.upTo, context.below],
    window === null
      ? null
      : [window.tz, window.weekdays, window.from, window.to, window.exceptDates],
  ]);
}

/** An amount without a tier is for the standard one; fees and discounts are for all. */
function tierOf({ tier, unit, price }: NewRate): string | null {
  if (tier !== null) return normaliseTier(tier);
  return "amount" in price && unit !== null && isTokenUnit(unit) ? "standard" : null;
}
