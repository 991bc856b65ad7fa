import { z } from "zod";
import { PRICE_QUESTION } from "#lib/exports/kinds/prices.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { limit } from "#lib/parameters/limit.ts";
import { type Freshness, type ListedPrice, PRICE_STATES } from "#lib/price-book/list-prices.ts";
import { discountText } from "#lib/price-book/price-columns.ts";
import { RateInput } from "#lib/price-book/rate-input.ts";
import { ContextShape, WindowShape } from "#lib/pricing/price-file.ts";
import { CSV_FLAVORS } from "#lib/tables/csv.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

export const PriceParameters = z.strictObject({
  ...PRICE_QUESTION,
  format: z.enum(["json", "csv"]).default("json"),
  flavor: z.enum(CSV_FLAVORS).default("data"),
  limit: limit(100, 20_000),
  cursor: Cursor.optional(),
});

const Name = z.string().nullable();

export const PriceBody = z.strictObject({
  id: z.string(),
  origin: z.enum(["shipped", "own"]),
  state: z.enum(PRICE_STATES),
  team: Name,
  kind: z.enum(["list", "contract", "free", "estimate"]),
  provider: Name,
  model: Name,
  unit: Name,
  amount: Amount.nullable(),
  per: z.int().nullable(),
  discount: Name.meta({ description: "Off the list price, as a fraction" }),
  currency: z.literal(CURRENCY),
  tier: Name,
  speed: Name,
  region: Name,
  context: ContextShape.nullable().meta({ description: "Prompt sizes for which it holds" }),
  window: WindowShape.nullable().meta({ description: "Hours of the day in which it holds" }),
  includes_fees: z.boolean(),
  effective_from: Instant.nullable().meta({ description: "Charged from, inclusive" }),
  effective_to: Instant.nullable().meta({ description: "Charged to, exclusive" }),
  source: z.strictObject({
    name: z.string(),
    url: z.string(),
    quote: Name,
    checked_at: z.iso.date(),
  }),
  rechecked_at: z.iso.date().nullable().meta({ description: "When somebody here looked again" }),
  stale: z.boolean(),
  sold_as: Name.meta({ description: "Whose price list it is taken over from" }),
  recorded_at: Instant.nullable().meta({ description: "Believed from; null: by the release" }),
  recorded_by: Name,
  superseded_at: Instant.nullable().meta({ description: "Believed to; null: until now" }),
  superseded_by: Name,
});

export const PricesBody = z.strictObject({
  as_of: Instant,
  freshness: z.strictObject({
    newest_checked_at: z.iso.date().nullable(),
    oldest_checked_at: z.iso.date().nullable(),
    in_force: z.int(),
    stale: z.int(),
  }),
  total: z.int(),
  prices: z.array(PriceBody),
  next_cursor: z.string().nullable(),
});

export function priceBody(row: ListedPrice): z.input<typeof PriceBody> {
  const { price, source } = row;
  return {
    id: row.id,
    origin: row.origin,
    state: row.state,
    team: row.team,
    kind: row.kind,
    provider: row.provider,
    model: row.model,
    unit: row.unit,
    amount: "amount" in price ? price.amount : null,
    per: "amount" in price ? price.per : null,
    discount: discountText(price),
    currency: CURRENCY,
    tier: row.tier,
    speed: row.speed,
    region: row.region,
    context: row.context,
    window: row.window,
    includes_fees: row.includesFees,
    effective_from: isoOrNull(row.effectiveFrom),
    effective_to: isoOrNull(row.effectiveTo),
    source: {
      name: source.name,
      url: source.url,
      quote: source.quote,
      checked_at: source.checkedAt,
    },
    rechecked_at: row.recheck?.day ?? null,
    stale: row.isStale,
    sold_as: row.soldAs,
    recorded_at: isoOrNull(row.recordedAt),
    recorded_by: row.recordedBy,
    superseded_at: isoOrNull(row.supersededAt),
    superseded_by: row.supersededBy,
  };
}

export function freshnessBody({ newest, oldest, inForce, stale }: Freshness) {
  return { newest_checked_at: newest, oldest_checked_at: oldest, in_force: inForce, stale };
}

function isoOrNull(at: Date | null): string | null {
  return at === null ? null : iso(at);
}

export const NewPrices = z.strictObject({ prices: z.array(RateInput).min(1).max(200) });

export const BackfillBody = z
  .strictObject({ rows: z.int(), filed: z.int(), done: z.boolean() })
  .meta({ description: "Calls without a price that were looked at, and that have one now" });

export const RecordedBody = z.strictObject({
  ids: z.array(z.string()),
  backfill: BackfillBody,
});
