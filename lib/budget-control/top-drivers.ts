import { amountOfTokens, parseAmount, printAmount, TOKENS } from "#lib/budgets/amount.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import { type TeamParent, teamsBelow } from "#lib/budgets/scope.ts";
import { convert } from "#lib/currency/convert.ts";
import { type ExchangeRates, LEDGER_CURRENCY } from "#lib/currency/exchange-rates.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { periodAt, type Span } from "#lib/time/fiscal.ts";
import { dateOf } from "./day-spend.ts";

/** A value whose spend rose, and by how much, in the budget's unit. */
export type TopDriver = {
  readonly dimension: string;
  readonly value: string | null;
  readonly change: string;
};

const MOST = 3;

type Question = {
  readonly budget: Budget;
  readonly period: Span;
  readonly now: number;
  readonly timeZone: string;
  readonly teams: readonly TeamParent[];
  readonly rates: ExchangeRates | null;
};

type Row = {
  readonly dimension: string;
  readonly value: string | null;
  readonly cost: string;
  readonly tokens: bigint;
};

/**
 * What rose most against the same days of the period before: models, agents,
 * workflows, projects and teams. Persons are left out, for messages leave the
 * house.
 */
export async function topDrivers(sql: SqlClient | Tx, question: Question): Promise<TopDriver[]> {
  const { budget, period, now, timeZone, teams } = question;
  const { scope } = budget;
  const before = daysBefore(question);
  const until = Math.min(period.end, nextUnitStart(now, "day", timeZone));
  const byPerson = scope.user !== undefined || scope.key !== undefined;
  const teamSlugs = scope.team === undefined ? null : teamsBelow(scope.team, teams);
  // What the scope names itself is no news; a team is where there are others below it.
  const known = Object.keys(scope).filter((name) => name !== "team" || teamSlugs?.length === 1);
  const column = budget.unit === TOKENS ? sql`tokens` : sql`cost`;
  const rows = await sql<Row[]>`
    with used as (
      select d.team, d.project, d.agent, d.workflow, d.model,
             case when r.day >= ${new Date(period.start)} then 1 else -1 end as sign,
             ${budget.costBasis === "list" ? sql`r.list_cost` : sql`r.cost`} as cost,
             r.input_uncached + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.output as tokens
        from ${byPerson ? sql`usage_day_user` : sql`usage_day`} r
        join dimension_set d on d.id = r.dimension_set_id
       where (r.day >= ${new Date(before.start)} and r.day < ${new Date(before.end)}
              or r.day >= ${new Date(period.start)} and r.day < ${new Date(until)})
         ${teamSlugs === null ? sql`` : sql`and d.team = any(${teamSlugs}::text[])`}
         ${scope.project === undefined ? sql`` : sql`and d.project = ${scope.project}`}
         ${scope.agent === undefined ? sql`` : sql`and d.agent = ${scope.agent}`}
         ${scope.workflow === undefined ? sql`` : sql`and d.workflow = ${scope.workflow}`}
         ${scope.model === undefined ? sql`` : sql`and d.model = ${scope.model}`}
         ${scope.provider === undefined ? sql`` : sql`and d.provider = ${scope.provider}`}
         ${scope.cost_center === undefined ? sql`` : sql`and d.cost_center = ${scope.cost_center}`}
         ${scope.user === undefined ? sql`` : sql`and r.user_id = ${scope.user}`}
         ${scope.key === undefined ? sql`` : sql`and r.key_id = ${scope.key}`}
    ), changes as (
      select v.dimension, v.value, sum(sign * cost) as cost, sum(sign * tokens)::int8 as tokens
        from used cross join lateral (values
               ('model', model), ('agent', agent), ('workflow', workflow), ('project', project),
               ('team', team)) as v(dimension, value)
       where v.value is not null
       group by 1, 2
    )
    select dimension, value, cost, tokens from changes
     where ${column} > 0 and not (dimension = any(${known}::text[]))
     order by ${column} desc, dimension, value limit ${MOST}`;
  return rows.map((row) => ({
    dimension: row.dimension,
    value: row.value,
    change: changeOf(row, question),
  }));
}

function changeOf({ cost, tokens }: Row, { budget, now, timeZone, rates }: Question): string {
  if (budget.unit === TOKENS) return printAmount(amountOfTokens(tokens));
  if (budget.unit === LEDGER_CURRENCY || rates === null) return printAmount(parseAmount(cost));
  const converted = convert(parseUsd(cost), budget.unit, dateOf(now, timeZone), rates);
  return printAmount(
    converted === null ? parseAmount(cost) : (converted.amount as bigint as never),
  );
}

/** As many days of the period before as have begun of this one. */
function daysBefore({ budget, period, now, timeZone }: Question): Span {
  const last = periodAt(period.start - 1, budget.period, budget.calendar, timeZone);
  let end = last.start;
  for (let day = period.start; day <= now && end < last.end; ) {
    day = nextUnitStart(day, "day", timeZone);
    end = nextUnitStart(end, "day", timeZone);
  }
  return { start: last.start, end };
}
