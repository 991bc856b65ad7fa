import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { addSavings, type CacheSaving, cacheSaving } from "#lib/pricing/cache-saving.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import { listRateSetOf, type RateSet } from "#lib/pricing/rate-set.ts";
import type { Tokens } from "#lib/usage/tokens.ts";
import { joined, scopeAndFilters } from "./dimension-sql.ts";
import { readOnly } from "./read-only.ts";
import type { UsageQuery } from "./usage-query.ts";

const CLASSES = [
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
] as const satisfies readonly (keyof Tokens)[];
export type CostClass = (typeof CLASSES)[number];

/** What the tokens of one class came to at the rates of their calls; tokens without a rate are left out of both. */
export type ClassCost = { readonly tokens: number; readonly cost: Usd };

export type ModelCost = {
  readonly provider: string | null;
  readonly model: string | null;
  /** The classes that were used. */
  readonly classes: { readonly [C in CostClass]?: ClassCost };
  /** Null where nothing was cached, or no rate says what it was worth. */
  readonly caching: CacheSaving | null;
  /** Since when the newest of its rates is in force, where that lies within the period; in milliseconds. */
  readonly priceChangedAt: number | null;
};

/**
 * What each class of tokens of a model really cost: the day rollups' tokens ×
 * the rates in force for them, so discounts, tiers and agreed prices are in it.
 * Calls that a plan includes stand with the rates they would have had.
 *
 * The list cost is at the list prices beneath these.
 *
 * @param query A period of whole days of the organisation. By session the
 *   rollups know no rates: then nothing is known.
 */
export async function modelCosts(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, filters, costBasis }: ModelCostQuery,
): Promise<readonly ModelCost[]> {
  if (filters.session !== undefined) return [];
  return readOnly(sql, async (tx) => {
    const sums = joined(
      tx,
      CLASSES.map((name) => tx`sum(u.${tx(name)})::bigint as ${tx(name)}`),
      tx`,`,
    );
    const rows = await tx<ClassRow[]>`
      select d.provider, d.model, r.content, ${sums}
      from ${tx(filters.user === undefined ? "usage_day" : "usage_day_user")} u
      join dimension_set d on d.id = u.dimension_set_id
      join rate_set r on r.id = u.rate_set_id
      where u.day >= ${from} and u.day < ${to} and d.kind = 'model_call'
        ${scopeAndFilters(tx, scope, filters)}
      group by d.provider, d.model, r.id, r.content`;
    const ratesOf = costBasis === "list" ? listRateSetOf : (used: RateSet) => used;
    const priced = rows.map((row) => ({ ...row, content: ratesOf(row.content) }));
    const models = Map.groupBy(priced, ({ provider, model }) => JSON.stringify([provider, model]));
    return [...models.values()].map((parts) => addUp(parts, from, to));
  });
}

type ModelCostQuery = Pick<UsageQuery, "from" | "to" | "filters"> &
  Partial<Pick<UsageQuery, "costBasis">>;

type ClassRow = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly content: RateSet;
} & { readonly [C in CostClass]: bigint };

function addUp(rows: readonly ClassRow[], from: Date, to: Date): ModelCost {
  const classes: { [C in CostClass]?: ClassCost } = {};
  let caching: CacheSaving | null = null;
  let changedAt: number | null = null;
  for (const row of rows) {
    const tokens = tokensOf(row);
    for (const [name, part] of classCosts(row.content, tokens)) {
      const known = classes[name];
      classes[name] = {
        tokens: part.tokens + (known?.tokens ?? 0),
        cost: addUsd(part.cost, known?.cost ?? ZERO_USD),
      };
    }
    caching = addSavings(caching, cacheSaving(row.content, tokens));
    for (const { effectiveFrom } of row.content.rates) {
      const since = Date.parse(effectiveFrom ?? "");
      if (since >= from.getTime() && since < to.getTime())
        changedAt = Math.max(since, changedAt ?? since);
    }
  }
  const [{ provider = null, model = null } = {}] = rows;
  return { provider, model, classes, caching, priceChangedAt: changedAt };
}

/** Reasoning is part of output, and is left to the rate of output here. */
function tokensOf(row: ClassRow): Tokens {
  const counts = CLASSES.map((name) => [name, Number(row[name])]);
  return { ...(Object.fromEntries(counts) as Record<CostClass, number>), reasoning: 0 };
}

function classCosts(rateSet: RateSet, tokens: Tokens): [CostClass, ClassCost][] {
  return priceWithRateSet(rateSet, tokens).lines.flatMap(({ unit, quantity, cost }) => {
    const name = CLASSES.find((one) => one === unit);
    return name === undefined || cost === null ? [] : [[name, { tokens: Number(quantity), cost }]];
  });
}
