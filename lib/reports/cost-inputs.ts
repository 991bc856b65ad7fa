import type { Fragment } from "postgres";
import { type RecordedCharge, readCharges } from "#lib/cost-book/charge-store.ts";
import { type RecordedPool, readPools } from "#lib/cost-book/pool-store.ts";
import { type RecordedModel, readTeamModels } from "#lib/cost-book/team-model-store.ts";
import { billingPeriods } from "#lib/cost-model/amortise.ts";
import { type Charge, isDrawn, paysFor } from "#lib/cost-model/charge.ts";
import type { CostInputs, UsageOfDay } from "#lib/cost-model/cost-inputs.ts";
import type { UserDay } from "#lib/cost-model/refund.ts";
import type { PlanUser } from "#lib/cost-model/seat-use.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { Prepaid } from "#lib/pricing/rate-set.ts";
import { addMonths, type CivilDay, civilDayAt, monthOf, startOfDay } from "#lib/time/civil-day.ts";
import { basisSql } from "./cost-basis-sql.ts";

/** Whole days of the organisation's zone: from inclusive, to exclusive. */
export type DayPeriod = { readonly from: CivilDay; readonly to: CivilDay };

/** What is recorded of how teams' costs are built, as it is believed now. */
export type CostBook = {
  readonly charges: readonly RecordedCharge[];
  readonly pools: readonly RecordedPool[];
  readonly models: readonly RecordedModel[];
};

export async function readCostBook(sql: SqlClient): Promise<CostBook> {
  const [charges, pools, models] = await Promise.all([
    readCharges(sql),
    readPools(sql),
    readTeamModels(sql),
  ]);
  return { charges, pools, models };
}

/** A day's usage, or a part's; it is told of its first day. */
export type ModelUsage = UsageOfDay & { readonly unpricedCalls: number };

type PeriodInputs = Omit<CostInputs, "usage"> & {
  readonly usage: readonly ModelUsage[];
  /** Calls without a price by team. */
  readonly unpriced: ReadonlyMap<string, number>;
};

/**
 * The usage and the teams that the costs of a period are made of, with a cost
 * book. From the day rollups; of the ledger nothing is read.
 *
 * @param grain "model" tells metered usage by model too, for looking at other funding.
 */
export async function readCostInputs(
  sql: SqlClient,
  { from, to }: DayPeriod,
  timeZone: string,
  { charges, pools, models }: Pick<CostInputs, "charges" | "pools" | "models">,
  grain: "funding" | "model" = "funding",
): Promise<PeriodInputs> {
  const months = { from: monthOf(from), to: addMonths(monthOf(to - 1), 1) };
  const hasWeights = pools.some(({ method }) => method === "usage");
  const whole = hasWeights ? months : { from, to };
  const drawnFrom = firstDrawn(charges, { from, to });
  const [usage, users, teams] = await Promise.all([
    readUsage(sql, { ...whole, drawnFrom }, timeZone, { grain, starts: null }),
    readPlanUsers(sql, months, timeZone, charges),
    sql<{ slug: string; cost_center: string | null }[]>`
      select slug, cost_center from team where archived_at is null order by slug`,
  ]);
  const unpriced = new Map<string, number>();
  for (const { day, team, unpricedCalls } of usage) {
    if (unpricedCalls === 0 || day < from || day >= to) continue;
    unpriced.set(team, (unpriced.get(team) ?? 0) + unpricedCalls);
  }
  const costCenters = new Map(teams.map(({ slug, cost_center }) => [slug, cost_center]));
  return { from, to, usage, users, charges, pools, models, teams: costCenters, unpriced };
}

/**
 * The usage of a period by team, cost center and model, told of the first days
 * of the period's parts.
 *
 * @param starts Those first days, ascending; the first one is the period's.
 */
export async function readModelUsage(
  sql: SqlClient,
  starts: readonly [CivilDay, ...CivilDay[]],
  to: CivilDay,
  timeZone: string,
): Promise<readonly ModelUsage[]> {
  const days = { from: starts[0], to, drawnFrom: starts[0] };
  return readUsage(sql, days, timeZone, { grain: "model", starts });
}

/**
 * The day since when draws have to be known: the start of the oldest period of
 * credits and commitments that is open, or that ran beside one which is.
 */
function firstDrawn(charges: readonly Charge[], { from, to }: DayPeriod): CivilDay {
  const drawn = charges.filter((charge) => isDrawn(charge));
  let first = from;
  for (;;) {
    const starts = drawn.flatMap((charge) => billingPeriods(charge, first, to)[0]?.from ?? []);
    const earlier = Math.min(first, ...starts);
    if (earlier === first) return first;
    first = earlier;
  }
}

type UsageRow = {
  readonly day: Date;
  readonly team: string;
  readonly cost_center: string | null;
  readonly funding: Prepaid | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly tokens: bigint;
  readonly unpriced_calls: bigint;
  readonly list: string;
  readonly contracted: string;
  readonly cost: string;
};

/** Rows of usage `r` that a plan paid for. Where no plan ever did, no row is looked at. */
export function paidByPlan(sql: SqlClient): Fragment {
  const sets = sql`select id from rate_set where content->>'funding' = 'plan'`;
  return sql`exists (${sets}) and r.rate_set_id = any(array(${sets}))`;
}

/**
 * One row: a day's usage of a team under one cost center; of what is prepaid, and
 * by the grain, of one model. What is metered is nearly everything: its rows are
 * added up by a number that stands for the names, since grouping by texts took
 * most of the time.
 *
 * @param starts Of parts, instead of days.
 */
async function readUsage(
  sql: SqlClient,
  { from, to, drawnFrom }: DayPeriod & { readonly drawnFrom: CivilDay },
  timeZone: string,
  {
    grain,
    starts,
  }: { readonly grain: "funding" | "model"; readonly starts: readonly CivilDay[] | null },
): Promise<ModelUsage[]> {
  const at = (day: CivilDay) => new Date(startOfDay(day, timeZone));
  const { cost } = basisSql(sql, "contracted");
  const day = starts === null ? sql`r.day` : partStart(sql, starts.map(at));
  const model = grain === "model" ? sql`provider, model` : sql`null as provider, null as model`;
  const prepaid = sql`
    select id, content, content->>'funding' as funding from rate_set
     where content->>'funding' is not null`;
  const within = sql`r.day >= ${at(from)} and r.day < ${at(to)}`;
  const metered = sql`${within} and r.rate_set_id <> all(array(select id from (${prepaid}) s))`;
  const rows = await sql<UsageRow[]>`
    select ${day} as day, d.team, d.cost_center, s.funding, d.provider, d.model,
           ${sums(sql)}, sum(${cost}) as contracted
      from usage_day r
      join (${prepaid} offset 0) s on s.id = r.rate_set_id
      join dimension_set d on d.id = r.dimension_set_id
     where r.day >= ${at(Math.min(from, drawnFrom))} and r.day < ${at(to)}
       and (r.day >= ${at(from)} or s.funding in ('credits', 'commitment'))
     group by 1, 2, 3, 4, 5, 6
    union all
    select r.day, min(d.team), min(d.cost_center), null, min(d.provider), min(d.model),
           sum(r.tokens)::bigint, sum(r.unpriced_calls)::bigint, sum(r.list), sum(r.cost),
           sum(r.cost)
      from (${starts === null ? usageOfDays(sql, metered) : usageOfParts(sql, metered, day)}) r
      join (select id, team, cost_center, provider, model,
                   dense_rank() over (order by team, cost_center, provider, model) as number
              from (select id, team, cost_center, ${model} from dimension_set) named
           ) d on d.id = r.dimension_set_id
     group by 1, d.number
     order by 1, 2, 3, 5, 6`;
  return rows.map((row) => ({
    day: civilDayAt(row.day.getTime(), timeZone),
    team: row.team,
    costCenter: row.cost_center,
    provider: row.provider,
    model: row.model,
    funding: row.funding,
    tokens: row.tokens,
    unpricedCalls: Number(row.unpriced_calls),
    costs: {
      list: parseUsd(row.list),
      contracted: parseUsd(row.contracted),
      effective: parseUsd(row.cost),
      billed: parseUsd(row.cost),
    },
  }));
}

/** The start of the part that a row of usage `r` lies in. */
function partStart(sql: SqlClient, starts: readonly Date[]): Fragment {
  const edges = sql`${starts.map((start) => start.toISOString())}::timestamptz[]`;
  return sql`(${edges})[width_bucket(r.day, ${edges})]`;
}

function usageOfDays(sql: SqlClient, which: Fragment): Fragment {
  return sql`
    select r.day, r.dimension_set_id, ${tokens(sql)} as tokens, r.unpriced_calls,
           r.list_cost as list, r.cost
      from usage_day r where ${which}`;
}

/** Added up before names are joined to it: a part has a thirtieth of the rows of its days. */
function usageOfParts(sql: SqlClient, which: Fragment, part: Fragment): Fragment {
  return sql`
    select ${part} as day, r.dimension_set_id, ${sums(sql)}
      from usage_day r where ${which} group by 1, 2`;
}

function sums(sql: SqlClient): Fragment {
  return sql`
    sum(${tokens(sql)})::bigint as tokens, sum(r.unpriced_calls)::bigint as unpriced_calls,
    sum(r.list_cost) as list, sum(r.cost) as cost`;
}

function tokens(sql: SqlClient): Fragment {
  return sql`r.input_uncached + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.output`;
}

/** Who used a plan in each month, and for which model; asked only where there are plans. */
async function readPlanUsers(
  sql: SqlClient,
  { from, to }: DayPeriod,
  timeZone: string,
  charges: readonly Charge[],
): Promise<PlanUser[]> {
  if (!charges.some((charge) => paysFor(charge) === "plan")) return [];
  const rows = await sql<(Omit<PlanUser, "month"> & { readonly month: Date })[]>`
    select distinct date_trunc('month', r.day, ${timeZone}) as month, d.team, r.user_id as user,
           d.provider, d.model
      from usage_day_user r
      join dimension_set d on d.id = r.dimension_set_id
     where r.day >= ${new Date(startOfDay(from, timeZone))}
       and r.day < ${new Date(startOfDay(to, timeZone))}
       and ${paidByPlan(sql)} and r.model_calls + r.output > 0
     order by 1, 2, 3, 4, 5`;
  return rows.map((row) => ({ ...row, month: civilDayAt(row.month.getTime(), timeZone) }));
}

/**
 * What each person used on each day of the months of a period, whatever paid for
 * it; of one team, or of all.
 */
export async function readUserDays(
  sql: SqlClient,
  { from, to }: DayPeriod,
  timeZone: string,
  team: string | null,
): Promise<UserDay[]> {
  const [first, end] = [monthOf(from), addMonths(monthOf(to - 1), 1)];
  const rows = await sql<(Omit<UserDay, "day"> & { readonly day: Date })[]>`
    select distinct r.day, d.team, r.user_id as user, d.provider, d.model,
           s.content->>'funding' as funding
      from usage_day_user r
      join dimension_set d on d.id = r.dimension_set_id
      left join rate_set s on s.id = r.rate_set_id
     where r.day >= ${new Date(startOfDay(first, timeZone))}
       and r.day < ${new Date(startOfDay(end, timeZone))}
       and r.model_calls + r.output > 0
       ${team === null ? sql`` : sql`and d.team = ${team}`}`;
  return rows.map((row) => ({ ...row, day: civilDayAt(row.day.getTime(), timeZone) }));
}
