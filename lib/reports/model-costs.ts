import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Usd } from "#lib/money/money.ts";
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

/** By model, as `PROVIDER MODEL` (empty where unknown): the classes that were used. */
export type ModelCosts = ReadonlyMap<string, { readonly [C in CostClass]?: ClassCost }>;

export function modelKey(provider: string | null, model: string | null): string {
  return `${provider ?? ""} ${model ?? ""}`;
}

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
): Promise<ModelCosts> {
  if (filters.session !== undefined) return new Map();
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
    return addUp(rows, costBasis === "list" ? listRateSetOf : (rateSet) => rateSet);
  });
}

type ModelCostQuery = Pick<UsageQuery, "from" | "to" | "filters"> &
  Partial<Pick<UsageQuery, "costBasis">>;

type ClassRow = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly content: RateSet;
} & { readonly [C in CostClass]: bigint };

function addUp(rows: readonly ClassRow[], ratesOf: (used: RateSet) => RateSet): ModelCosts {
  const costs = new Map<string, { [C in CostClass]?: ClassCost }>();
  for (const row of rows) {
    const key = modelKey(row.provider, row.model);
    const classes = costs.get(key) ?? {};
    costs.set(key, classes);
    for (const [name, part] of classCosts(row, ratesOf(row.content))) {
      const known = classes[name];
      classes[name] = {
        tokens: part.tokens + (known?.tokens ?? 0),
        cost: (part.cost + (known?.cost ?? 0n)) as Usd,
      };
    }
  }
  return costs;
}

/** Reasoning is part of output, and is left to the rate of output here. */
function classCosts(row: ClassRow, rateSet: RateSet): [CostClass, ClassCost][] {
  const tokens = {
    ...(Object.fromEntries(CLASSES.map((name) => [name, Number(row[name])])) as Record<
      CostClass,
      number
    >),
    reasoning: 0,
  };
  return priceWithRateSet(rateSet, tokens).lines.flatMap(({ unit, quantity, cost }) => {
    const name = CLASSES.find((one) => one === unit);
    return name === undefined || cost === null ? [] : [[name, { tokens: Number(quantity), cost }]];
  });
}
