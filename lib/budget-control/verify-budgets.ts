import type { SqlClient } from "#lib/db/client.ts";
import { readBudgetBook, spendQuestion } from "./budget-facts.ts";
import { dateOf } from "./day-spend.ts";
import { matchedBudgets, readSpend, type SpendQuestion } from "./read-spend.ts";

/** A day on which a budget's spend is not what its calls in the ledger come to. */
export type BudgetDrift = {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  /** Cost, list cost and tokens. */
  readonly spend: string;
  readonly ledger: string;
};

const MOST_ROWS = 100;

/**
 * Adds up the ledger for each budget in force and compares every day that its
 * figures come from, in one snapshot. At most a hundred differences.
 *
 * @param period Whole days of the organisation's zone; null for no bound.
 */
export async function verifyBudgets(
  sql: SqlClient,
  period: { readonly from: Date | null; readonly to: Date | null },
  now: number,
): Promise<BudgetDrift[]> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const book = await readBudgetBook(tx, now);
    const questions = book.budgets.flatMap((budget): SpendQuestion[] => {
      const whole = spendQuestion(budget, now, book.timeZone);
      const from = Math.max(whole.from, period.from?.getTime() ?? whole.from);
      const to = Math.min(whole.to, period.to?.getTime() ?? whole.to);
      return from < to ? [{ budget, from, to }] : [];
    });
    if (questions.length === 0) return [];
    const spend = await readSpend(tx, questions, book.teams);
    const rows = await tx<Row[]>`
      ${matchedBudgets(tx, questions, book.teams)}
      select m.id, date_trunc('day', e.started_at, ${book.timeZone}) as day,
             trim_scale(coalesce(sum(e.cost), 0))::text as cost,
             trim_scale(coalesce(sum(e.list_cost), 0))::text as list_cost,
             coalesce(sum(e.input_uncached + e.cache_read + e.cache_write_5m + e.cache_write_1h
               + e.output), 0)::int8 as tokens
        from matched m
        join priced_event e
          on e.dimension_set_id = m.dimension_set_id
         and e.started_at >= m.since and e.started_at < m.until
         and (m.person is null or e.user_id = m.person) and (m.key is null or e.key_id = m.key)
        join dimension_set d on d.id = e.dimension_set_id
       where e.counted and d.kind <> 'agent_run'
       group by 1, 2`;
    const ledger = new Map(rows.map((row) => [`${row.id} ${row.day.getTime()}`, figuresOf(row)]));
    return questions
      .flatMap(({ budget: { id, name } }) => {
        const have = new Map(
          (spend.get(id) ?? []).map((raw) => [
            raw.day,
            figuresOf({ ...raw, cost: trimmed(raw.cost), list_cost: trimmed(raw.listCost) }),
          ]),
        );
        const days = new Set([
          ...have.keys(),
          ...rows.filter((row) => row.id === id).map(({ day }) => day.getTime()),
        ]);
        return [...days].flatMap((day): BudgetDrift[] => {
          const [is, should] = [have.get(day) ?? NOTHING, ledger.get(`${id} ${day}`) ?? NOTHING];
          if (is === should) return [];
          return [{ id, name, day: dateOf(day, book.timeZone), spend: is, ledger: should }];
        });
      })
      .slice(0, MOST_ROWS);
  });
}

type Row = {
  readonly id: string;
  readonly day: Date;
  readonly cost: string;
  readonly list_cost: string;
  readonly tokens: bigint;
};

type Figures = Pick<Row, "cost" | "list_cost" | "tokens">;

const NOTHING = figuresOf({ cost: "0", list_cost: "0", tokens: 0n });

function figuresOf({ cost, list_cost, tokens }: Figures): string {
  return `${cost} (list ${list_cost}, ${tokens} tokens)`;
}

/** Postgres prints all 18 decimals. */
function trimmed(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
