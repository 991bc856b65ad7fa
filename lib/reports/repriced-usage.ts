import { closedMonths, monthOf } from "#lib/close/closed-months.ts";
import type { UsageOfDay } from "#lib/cost-model/cost-inputs.ts";
import { addCosts, type Costs, NO_COSTS, negateCosts } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { draftPricing } from "#lib/price-book/load-pricing.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import { type Filing, type PricedAnew, pricedAnew } from "#lib/repricing/priced-anew.ts";
import { civilDayAt, startOfDay } from "#lib/time/civil-day.ts";
import { NO_TOKENS, TOKEN_CLASSES, type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import { contractedCost } from "./contracted-cost.ts";
import type { DayPeriod } from "./cost-inputs.ts";
import { readOnly } from "./read-only.ts";

/**
 * Usage as it would cost once it is re-priced with rates that nobody has
 * recorded yet: to the last digit, by the re-pricing's own arithmetic. Usage of
 * before the period, which is there for what credits and commitments were drawn
 * by then, is re-priced, too. What is in closed months stays.
 *
 * @param usage By model.
 */
export async function repricedUsage(
  sql: SqlClient,
  usage: readonly UsageOfDay[],
  { from, to }: DayPeriod,
  timeZone: string,
  rates: readonly NewRate[],
): Promise<UsageOfDay[]> {
  const first = usage.reduce((least, { day }) => Math.min(least, day), from);
  const [start, end] = [startOfDay(first, timeZone), startOfDay(to, timeZone)];
  const [only, ...others] = new Set(rates.map(({ provider }) => provider));
  const filter = only != null && others.length === 0 ? { provider: only } : {};
  const pricing = await draftPricing(sql, rates);
  const period = { from: new Date(start), to: new Date(end) };
  const anew = await readOnly(sql, async (tx) => {
    const teams = await teamsUnder(tx, rates);
    const closed = await closedMonths(tx, period.from, period.to, timeZone);
    const moved = await pricedAnew(tx, pricing, filter, period, timeZone);
    return moved
      .filter(({ was }) => teams?.has(was.dimensions.team) ?? true)
      .filter(({ day }) => !closed.includes(monthOf(day.getTime(), timeZone).slice(0, 7)));
  });
  return merged([...usage, ...movedUsage(anew, timeZone)]);
}

/**
 * Whom contracts hold for: their teams and those below; null for everybody. What
 * others were not re-priced for yet is not the draft's doing.
 */
async function teamsUnder(
  sql: SqlClient,
  rates: readonly NewRate[],
): Promise<ReadonlySet<string> | null> {
  const named = rates.flatMap(({ team }) => team ?? []);
  if (named.length < rates.length) return null;
  const rows = await sql<{ slug: string }[]>`
    with recursive below (slug) as (
      select slug from team where slug = any(${named})
       union
      select t.slug from team t join below b on t.parent_slug = b.slug
    )
    select slug from below`;
  return new Set(rows.map(({ slug }) => slug));
}

/** What leaves the place where it was, and what comes to where it is then. */
function movedUsage(anew: readonly PricedAnew[], timeZone: string): UsageOfDay[] {
  const dayOf = ({ day }: PricedAnew) => civilDayAt(day.getTime(), timeZone);
  const was = anew.map((one) => ({
    ...{ ...one.was, day: dayOf(one), tokens: one.tokens },
    ...{ cost: one.oldCost, list: one.oldListCost },
  }));
  const is = anew.map((one) => ({
    ...{ ...one.is, day: dayOf(one), tokens: one.tokens },
    ...{ cost: one.newCost, list: one.newListCost },
  }));
  const gone = inRollups(was).map(usageOf).map(negated);
  return [...gone, ...inRollups(is).map(usageOf)];
}

type Sum = Filing & {
  readonly day: number;
  readonly tokens: Tokens;
  readonly cost: Usd;
  readonly list: Usd;
};

/** As rollups add calls up: contracted costs are rounded once for each of their rows. */
function inRollups(sums: readonly Sum[]): Sum[] {
  const rows = new Map<string, Sum>();
  for (const sum of sums) {
    const key = JSON.stringify([sum.day, sum.dimensions, sum.rateSet.id]);
    const row = rows.get(key) ?? { ...sum, tokens: NO_TOKENS, cost: ZERO_USD, list: ZERO_USD };
    const tokens = TOKEN_CLASSES.map((name) => [name, row.tokens[name] + sum.tokens[name]]);
    rows.set(key, {
      ...row,
      tokens: Object.fromEntries(tokens) as Tokens,
      cost: addUsd(row.cost, sum.cost),
      list: addUsd(row.list, sum.list),
    });
  }
  return [...rows.values()];
}

function usageOf({ day, dimensions, rateSet, tokens, cost, list }: Sum): UsageOfDay {
  const { team, costCenter, provider, model } = dimensions;
  const funding = rateSet.funding ?? null;
  const contracted = funding === null ? cost : contractedCost(rateSet, tokens, list);
  return {
    ...{ day, team, costCenter, provider, model, funding },
    tokens: BigInt(totalTokens(tokens)),
    costs: { list, contracted, effective: cost, billed: cost },
  };
}

function negated(row: UsageOfDay): UsageOfDay {
  return { ...row, tokens: -row.tokens, costs: negateCosts(row.costs) };
}

/** One row for each place, in the order in which they are read. */
function merged(rows: readonly UsageOfDay[]): UsageOfDay[] {
  const places = Map.groupBy(rows, ({ day, team, costCenter, provider, model, funding }) =>
    JSON.stringify([day, team, costCenter, provider, model, funding]),
  );
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const costs = same.reduce((sum: Costs, row) => addCosts(sum, row.costs), NO_COSTS);
    return [{ ...first, costs, tokens: same.reduce((sum, { tokens }) => sum + tokens, 0n) }];
  });
}
