import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { type RecordedCharge, readCharges } from "#lib/cost-book/charge-store.ts";
import { amortised, billingPeriods } from "#lib/cost-model/amortise.ts";
import { type Charge, isInForce, paysFor } from "#lib/cost-model/charge.ts";
import { personSeats } from "#lib/cost-model/person-seats.ts";
import { type PlanUser, type SeatUse, seatUse } from "#lib/cost-model/seat-use.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { addUsd, parseUsd, subtractUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type CivilDay, startOfDay } from "#lib/time/civil-day.ts";
import { type DayPeriod, paidByPlan } from "./cost-inputs.ts";
import { personColumn } from "./dimension-sql.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { daysOf } from "./team-costs.ts";

/** A seat or subscription over a period, against the same usage by the API. */
export type PlanFigures = {
  readonly charge: RecordedCharge;
  /** People whose plan usage it covers, at most as many as seats. */
  readonly used: number;
  readonly idle: number;
  /** Amortised over the period. */
  readonly cost: Usd;
  /** What the usage that it covers costs by the API, at list prices. */
  readonly apiCost: Usd;
  /** API-equivalent cost at which one seat pays for itself in the period. */
  readonly breakEven: Usd;
};

/** What one person used; null where telemetry names nobody, or persons are not to be seen. */
export type PersonFigures = {
  readonly team: string;
  readonly user: string | null;
  /** Plan usage at list prices, and metered usage at its effective cost. */
  readonly planWorth: Usd;
  readonly metered: Usd;
  /** What their seats cost in the period; null without any, and where the person is not named. */
  readonly seat: Usd | null;
  /** They are in neither. */
  readonly unpricedCalls: number;
};

export type PlanUse = {
  readonly plans: readonly PlanFigures[];
  /** Plan usage at list prices that no recorded seat or subscription covers. */
  readonly uncovered: Usd;
};

export type PlanOrPay = PlanUse & { readonly people: readonly PersonFigures[] };

type Ends = { readonly from: Date; readonly to: Date };

/**
 * For each seat and subscription what it costs and what its usage would cost by
 * the API, and the same person by person where the viewer may see persons.
 *
 * @param mostPeople Only so many, who cost most.
 * @throws {AppError} "invalid" unless the period is of whole days of the organisation's zone.
 */
export async function planOrPay(
  sql: SqlClient,
  scope: ReadScope,
  ends: Ends,
  mostPeople: number | null = null,
): Promise<PlanOrPay> {
  return readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const period = daysOf(ends, timeZone);
    const { seatOf, ...use } = await readPlans(tx, scope, period, timeZone);
    const people = await readPeople(tx, scope, period, timeZone, mostPeople);
    return { ...use, people: people.map((person) => ({ ...person, seat: seatOf(person) })) };
  });
}

/** How many seats of plans are used, and how many are paid for, in each of the periods. */
export async function seatsUsed(
  sql: SqlClient,
  scope: ReadScope,
  periods: readonly Ends[],
): Promise<readonly { readonly used: number; readonly paid: number }[]> {
  return readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const charges = await readCharges(tx);
    const seats = [];
    for (const ends of periods) {
      const period = daysOf(ends, timeZone);
      const plans = plansOf(charges, scope, period);
      const use = plans.length === 0 ? [] : await readUse(tx, scope, period, timeZone);
      const used = [...seatUse(plans, use).values()].reduce((sum, { seats }) => sum + seats, 0);
      seats.push({ used, paid: plans.reduce((sum, { quantity }) => sum + quantity, 0) });
    }
    return seats;
  });
}

function plansOf(charges: readonly RecordedCharge[], scope: ReadScope, period: DayPeriod) {
  const visible = teamsOf(scope);
  return charges
    .filter((charge) => paysFor(charge) === "plan" && touches(charge, period))
    .filter(({ team }) => visible === "all" || (team !== null && visible.includes(team)));
}

async function readPlans(
  sql: SqlClient,
  scope: ReadScope,
  period: DayPeriod,
  timeZone: string,
): Promise<PlanUse & { readonly seatOf: (person: SeenPerson) => Usd | null }> {
  const plans = plansOf(await readCharges(sql), scope, period);
  const usage = await readUse(sql, scope, period, timeZone);
  const use = seatUse(plans, usage);
  const covered = [...use.values()].flatMap((found) => found.covered);
  const figures = plans.map((charge) => figuresOf(charge, use.get(charge), period));
  const priceOf = personSeats(
    figures.map(({ charge, breakEven }) => ({ charge, use: use.get(charge), each: breakEven })),
  );
  return {
    plans: figures,
    uncovered: subtractUsd(worthOf(usage), worthOf(covered)),
    seatOf: ({ team, user }) => (user === null ? null : priceOf(team, user)),
  };
}

type SeenPerson = Pick<PersonFigures, "team" | "user">;
type Use = PlanUser & { readonly worth: Usd };

function touches(charge: Charge, { from, to }: DayPeriod): boolean {
  return isInForce(charge, from) || (charge.startsOn >= from && charge.startsOn < to);
}

function figuresOf(
  charge: RecordedCharge,
  use: SeatUse<Use> | undefined,
  { from, to }: DayPeriod,
): PlanFigures {
  const cost = billingPeriods(charge, from, to).reduce(
    (sum, period) => addUsd(sum, amortised(period, from, to)),
    ZERO_USD,
  );
  const used = use?.seats ?? 0;
  return {
    charge,
    used,
    idle: charge.quantity - used,
    cost,
    apiCost: worthOf(use?.covered ?? []),
    breakEven: (cost / BigInt(charge.quantity)) as Usd,
  };
}

/** What a plan saved against the API; below zero where the API would be cheaper. */
export function savedBy({ apiCost, cost }: Pick<PlanFigures, "apiCost" | "cost">): Usd {
  return subtractUsd(apiCost, cost);
}

function worthOf(usage: readonly Use[]): Usd {
  return usage.reduce((sum, { worth }) => addUsd(sum, worth), ZERO_USD);
}

/** One row: what a person used of a model by plan. Persons are told apart, and named to nobody here. */
async function readUse(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: DayPeriod,
  timeZone: string,
): Promise<Use[]> {
  const visible = teamsOf(scope);
  const rows = await sql<(Omit<Use, "worth" | "month"> & { readonly worth: string })[]>`
    select d.team, r.user_id as user, d.provider, d.model, sum(r.list_cost) as worth
      from usage_day_user r
      join dimension_set d on d.id = r.dimension_set_id
     where r.day >= ${at(from, timeZone)} and r.day < ${at(to, timeZone)}
       and ${paidByPlan(sql)} and r.model_calls + r.output > 0
       ${visible === "all" ? sql`` : sql`and d.team = any(${[...visible]}::text[])`}
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  return rows.map((row) => ({ ...row, month: from, worth: parseUsd(row.worth) }));
}

/** People, who costs most first, in teams in which the viewer may see them. */
async function readPeople(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: DayPeriod,
  timeZone: string,
  most: number | null,
): Promise<Omit<PersonFigures, "seat">[]> {
  const visible = teamsOf(scope);
  type Row = {
    team: string;
    person: string | null;
    worth: string;
    metered: string;
    unpriced: bigint;
  };
  const within = sql`r.day >= ${at(from, timeZone)} and r.day < ${at(to, timeZone)}`;
  const rows = await sql<Row[]>`
    with plan as (
      select d.team, r.user_id, sum(r.list_cost) as worth
        from usage_day_user r
        join dimension_set d on d.id = r.dimension_set_id
       where ${within} and ${paidByPlan(sql)}
       group by 1, 2
    ), used as (
      select r.team, r.user_id, sum(r.cost) as metered, sum(r.list_cost) as listed,
             sum(r.unpriced_calls) as unpriced
        from usage_day_person r
       where ${within} ${visible === "all" ? sql`` : sql`and r.team = any(${[...visible]}::text[])`}
       group by 1, 2
    )
    select u.team, ${personColumn(sql, scope, sql`u.user_id`, sql`u.team`)} as person,
           coalesce(sum(p.worth), 0) as worth, sum(u.metered) as metered,
           sum(u.unpriced)::bigint as unpriced
      from used u left join plan p on p.team = u.team and p.user_id = u.user_id
     group by 1, 2
    having sum(u.listed) > 0 or sum(u.unpriced) > 0
     order by greatest(sum(u.listed), sum(u.metered)) desc, 1, 2
     limit ${most}`;
  return rows.map(({ team, person, worth, metered, unpriced }) => ({
    team,
    user: person,
    planWorth: parseUsd(worth),
    metered: parseUsd(metered),
    unpricedCalls: Number(unpriced),
  }));
}

function at(day: CivilDay, timeZone: string): Date {
  return new Date(startOfDay(day, timeZone));
}
