import type { Fragment } from "postgres";
import type { Budget } from "#lib/budgets/budget.ts";
import { type TeamParent, teamsBelow } from "#lib/budgets/scope.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";

/** Spend of one day as the rollups have it. Costs are decimals in dollars. */
export type RawDay = {
  readonly day: number;
  readonly cost: string;
  readonly listCost: string;
  readonly tokens: bigint;
  readonly unpricedCalls: number;
};

/** Whole days of the organisation's zone, half-open, epoch milliseconds. */
export type SpendQuestion = {
  readonly budget: Budget;
  readonly from: number;
  readonly to: number;
};

type Row = {
  readonly id: string;
  readonly day: Date;
  readonly cost: string;
  readonly list_cost: string;
  readonly tokens: bigint;
  readonly unpriced_calls: bigint;
};

/**
 * Spend of many budgets by day, in one query: each budget's scope is matched
 * with the dimension sets once, and the days come from the rollups. Persons and
 * keys are in `usage_day_user` alone, all else in the smaller `usage_day`.
 * Days without usage are left out; days ascend.
 */
export async function readSpend(
  sql: SqlClient | Tx,
  questions: readonly SpendQuestion[],
  teams: readonly TeamParent[],
): Promise<ReadonlyMap<string, RawDay[]>> {
  const days = new Map<string, RawDay[]>(questions.map(({ budget }) => [budget.id, []]));
  if (questions.length === 0) return days;
  const from = new Date(Math.min(...questions.map((each) => each.from)));
  const to = new Date(Math.max(...questions.map((each) => each.to)));
  const sums = sql`
    sum(r.cost) as cost, sum(r.list_cost) as list_cost,
    sum(r.input_uncached + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.output)::int8
      as tokens,
    sum(r.unpriced_calls)::int8 as unpriced_calls`;
  const rows = await sql<Row[]>`
    ${matchedBudgets(sql, questions, teams)}
    select m.id, r.day, ${sums}
      from matched m join usage_day r
        on r.dimension_set_id = m.dimension_set_id and r.day >= m.since and r.day < m.until
     where not m.by_person and r.day >= ${from} and r.day < ${to}
     group by m.id, r.day
    union all
    select m.id, r.day, ${sums}
      from matched m join usage_day_user r
        on r.dimension_set_id = m.dimension_set_id and r.day >= m.since and r.day < m.until
       and (m.person is null or r.user_id = m.person) and (m.key is null or r.key_id = m.key)
     where m.by_person and r.day >= ${from} and r.day < ${to}
     group by m.id, r.day
     order by 1, 2`;
  for (const row of rows) days.get(row.id)?.push(toRawDay(row));
  return days;
}

/** `with … matched`: each budget with the dimension sets that its scope covers. */
export function matchedBudgets(
  sql: SqlClient | Tx,
  questions: readonly SpendQuestion[],
  teams: readonly TeamParent[],
): Fragment {
  return sql`
    with b as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(questions.map((each) => conditions(each, teams)))}::text::jsonb)
        as b (id text, since timestamptz, until timestamptz, by_person boolean, teams text[],
              project text, agent text, workflow text, model text, provider text,
              cost_center text, person text, key text)
    ), matched as materialized (
      select b.*, d.id as dimension_set_id
        from b join dimension_set d
          on (b.teams is null or d.team = any(b.teams))
         and (b.project is null or d.project = b.project)
         and (b.agent is null or d.agent = b.agent)
         and (b.workflow is null or d.workflow = b.workflow)
         and (b.model is null or d.model = b.model)
         and (b.provider is null or d.provider = b.provider)
         and (b.cost_center is null or d.cost_center = b.cost_center)
    )`;
}

function conditions({ budget, from, to }: SpendQuestion, teams: readonly TeamParent[]) {
  const { team, user, key, ...same } = budget.scope;
  return {
    id: budget.id,
    since: new Date(from).toISOString(),
    until: new Date(to).toISOString(),
    by_person: user !== undefined || key !== undefined,
    teams: team === undefined ? null : teamsBelow(team, teams),
    person: user,
    key,
    ...same,
  };
}

function toRawDay({ day, cost, list_cost, tokens, unpriced_calls }: Row): RawDay {
  return {
    day: day.getTime(),
    cost,
    listCost: list_cost,
    tokens,
    unpricedCalls: Number(unpriced_calls),
  };
}
