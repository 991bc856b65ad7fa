import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { resolveRateSet } from "#lib/pricing/resolve-rate-set.ts";
import { likelyModels, mostUsedModels } from "./most-used.ts";
import { type KnownModel, nearestModels } from "./nearest-models.ts";
import type { Pricing } from "./pricing.ts";

/**
 * Why calls have no price:
 * - `no_price`: nothing is known about the model in this tier and place.
 * - `no_unit_price`: some of the units that were used have no price.
 * - `no_usage`: the model has a price, but the producer gave no token counts;
 *   no price can help.
 */
export type UnpricedReason = "no_price" | "no_unit_price" | "no_usage";

/** Calls of one model that have no price, or not for all that was used. */
export type UnpricedItem = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly tier: string;
  readonly region: string | null;
  readonly reason: UnpricedReason;
  readonly calls: number;
  readonly tokens: number;
  /** Starts of the hours in which it was first and last used. */
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** There is a price by now, but it does not hold for the days of these calls. */
  readonly isPricedNow: boolean;
  readonly suggestions: Suggestions;
};

/** Known models for a person to choose from. */
export type Suggestions = {
  /**
   * - `name`: theirs are the most similar names.
   * - `use`: no known name is similar; these are used most here, a weak guess.
   */
  readonly basis: "name" | "use";
  readonly models: readonly KnownModel[];
};

const MOST_ITEMS = 500;

/** What waits for a price, the most calls first. Reads rollups only. */
export async function unpricedQueue(
  sql: SqlClient,
  scope: ReadScope,
  pricing: Pricing,
  now: Date,
): Promise<UnpricedItem[]> {
  const teams = teamsOf(scope);
  const rows = await sql<QueueRow[]>`
    select d.provider, d.model, coalesce(r.content->>'tier', 'standard') as tier,
           r.content->>'region' as region,
           case when r.status is distinct from 'priced' then 'no_price'
                when sum(u.unpriced_tokens) > 0 then 'no_unit_price' else 'no_usage' end as reason,
           sum(u.unpriced_calls)::int8 as calls, sum(u.unpriced_tokens)::int8 as tokens,
           min(u.hour) as "firstSeen", max(u.hour) as "lastSeen"
      from usage_hour u
      join dimension_set d on d.id = u.dimension_set_id
      left join rate_set r on r.id = u.rate_set_id
     where u.unpriced_calls > 0
       ${teams === "all" ? sql`` : sql`and d.team = any(${[...teams]}::text[])`}
     group by d.provider, d.model, 3, 4, r.status
     order by calls desc, d.provider, d.model, tier, region, reason
     limit ${MOST_ITEMS}`;
  const found = rows.map((row) => ({ row, similar: similarTo(row, pricing) }));
  const isWeak = ({ row, similar }: (typeof found)[number]) =>
    similar.length === 0 && row.reason === "no_price";
  // A call that failed without tokens costs nothing, also where the model has no price.
  const called = found.some(isWeak) ? await mostUsedModels(sql, scope) : [];
  const used = called.filter((known) =>
    isPriced({ ...known, tier: "standard", region: null }, pricing, now),
  );
  return found.map((item) => ({
    ...item.row,
    calls: Number(item.row.calls),
    tokens: Number(item.row.tokens),
    isPricedNow: isPriced(item.row, pricing, now),
    suggestions: isWeak(item)
      ? { basis: "use", models: likelyModels(used, item.row) }
      : { basis: "name", models: item.similar },
  }));
}

function similarTo({ provider, model, reason }: QueueRow, { book }: Pricing): KnownModel[] {
  if (reason !== "no_price" || model === null) return [];
  return nearestModels(book, { provider: provider ?? "", model });
}

function isPriced(
  { provider, model, tier, region }: Pick<QueueRow, "provider" | "model" | "tier" | "region">,
  { book }: Pricing,
  now: Date,
): boolean {
  const query = { provider, model, tier, region, contextTokens: 0, atMs: now.getTime() };
  return resolveRateSet(book, query).status !== "unpriced";
}

type QueueRow = Omit<UnpricedItem, "calls" | "tokens" | "isPricedNow" | "suggestions"> & {
  readonly calls: bigint;
  readonly tokens: bigint;
};
