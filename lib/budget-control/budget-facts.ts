import { type Amount, NOTHING, parseAmount, TOKENS } from "#lib/budgets/amount.ts";
import type { Budget, Increase } from "#lib/budgets/budget.ts";
import { LOOKBACK_DAYS, type PastLimit } from "#lib/budgets/limit.ts";
import type { TeamParent } from "#lib/budgets/scope.ts";
import type { StatusFacts } from "#lib/budgets/status.ts";
import { type ExchangeRates, LEDGER_CURRENCY } from "#lib/currency/exchange-rates.ts";
import { readExchangeRates } from "#lib/currency/rate-store.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { readHeld } from "#lib/spend-check/reservation-store.ts";
import { periodAt } from "#lib/time/fiscal.ts";
import { dayStart } from "#lib/time/zone.ts";
import { type BudgetRow, budgetColumns, toBudget } from "./budget-row.ts";
import { dateOf, daysInUnit } from "./day-spend.ts";
import { type RawDay, readSpend, type SpendQuestion } from "./read-spend.ts";

export type Mute = { readonly reason: string; readonly by: string; readonly endsAt: number };

/** What all budgets are worked out with, besides their spend. */
export type BudgetBook = {
  readonly timeZone: string;
  readonly teams: readonly TeamParent[];
  readonly budgets: readonly Budget[];
  readonly increases: ReadonlyMap<string, readonly Increase[]>;
  /** How many requests for more wait for a decision. */
  readonly waiting: ReadonlyMap<string, number>;
  readonly pastLimits: ReadonlyMap<string, readonly PastLimit[]>;
  /** In force at the time of reading. */
  readonly mutes: ReadonlyMap<string, Mute>;
  readonly reserved: ReadonlyMap<string, Amount>;
  /** By currency; dollars and tokens need none. */
  readonly rates: ReadonlyMap<string, ExchangeRates>;
};

const DAY_MS = 86_400_000;

/** Reads the budgets in force, or one alone, with all that decides about them but spend. */
export async function readBudgetBook(
  sql: SqlClient | Tx,
  now: number,
  only: string | null = null,
): Promise<BudgetBook> {
  const since = new Date(now - (LOOKBACK_DAYS + 40) * DAY_MS);
  const [organizations, teams, rows, increases, limits, mutes, reserved] = await Promise.all([
    sql<{ time_zone: string }[]>`select time_zone from organization`,
    sql<TeamParent[]>`select slug, parent_slug as parent from team`,
    sql<BudgetRow[]>`
      select ${budgetColumns(sql)} from budget
       where archived_at is null and (${only}::uuid is null or id = ${only}::uuid)
       order by name, id`,
    sql<IncreaseRow[]>`
      select id, budget_id, amount, starts_at, ends_at, status from budget_increase
       where (status = 'approved' and ends_at > ${since}
              or status = 'requested' and ends_at > ${new Date(now)})
         and (${only}::uuid is null or budget_id = ${only}::uuid)`,
    sql<{ budget_id: string; recorded_at: Date; limit_amount: string }[]>`
      select budget_id, recorded_at, limit_amount from budget_revision
       where ${only}::uuid is null or budget_id = ${only}::uuid
       order by budget_id, revision`,
    sql<{ budget_id: string; reason: string; muted_by: string; ends_at: Date }[]>`
      select budget_id, reason, muted_by, ends_at from budget_mute
       where ends_at > ${new Date(now)} and (${only}::uuid is null or budget_id = ${only}::uuid)
       order by ends_at`,
    readHeld(sql, new Date(now)),
  ]);
  const timeZone = organizations[0]?.time_zone ?? "UTC";
  const budgets = rows.map(toBudget);
  return {
    timeZone,
    teams,
    budgets,
    waiting: countsOf(increases.filter(({ status }) => status === "requested")),
    increases: grouped(
      increases.filter(({ status }) => status === "approved"),
      ({ id, amount, starts_at, ends_at }) => ({
        id,
        amount: parseAmount(amount),
        startsAt: starts_at.getTime(),
        endsAt: ends_at.getTime(),
      }),
    ),
    pastLimits: grouped(limits, ({ recorded_at, limit_amount }) => ({
      since: recorded_at.getTime(),
      limit: parseAmount(limit_amount),
    })),
    mutes: new Map(
      mutes.map(({ budget_id, reason, muted_by, ends_at }) => [
        budget_id,
        { reason, by: muted_by, endsAt: ends_at.getTime() },
      ]),
    ),
    reserved,
    rates: await ratesOf(sql, budgets, now, timeZone),
  };
}

/** The days whose spend decides about a budget now: its period, its history and what it rolls over. */
export function spendQuestion(budget: Budget, now: number, timeZone: string): SpendQuestion {
  const period = periodAt(now, budget.period, budget.calendar, timeZone);
  const back = dayStart(now - LOOKBACK_DAYS * DAY_MS, timeZone);
  // The period that begins before that counts whole.
  const from = periodAt(back, budget.period, budget.calendar, timeZone).start;
  return { budget, from: Math.min(from, period.start), to: period.end };
}

/** Spend of each budget, as far back as it matters. */
export async function readBudgetSpend(
  sql: SqlClient | Tx,
  book: BudgetBook,
  now: number,
): Promise<ReadonlyMap<string, RawDay[]>> {
  const questions = book.budgets.map((budget) => spendQuestion(budget, now, book.timeZone));
  return readSpend(sql, questions, book.teams);
}

/** What a budget's status is worked out from. */
export function factsOf(book: BudgetBook, budget: Budget, days: readonly RawDay[]): StatusFacts {
  const rates = book.rates.get(budget.unit) ?? null;
  return {
    budget,
    timeZone: book.timeZone,
    days: daysInUnit(budget, days, rates, book.timeZone),
    increases: book.increases.get(budget.id) ?? [],
    pastLimits: book.pastLimits.get(budget.id) ?? [],
    committed: book.reserved.get(budget.id) ?? NOTHING,
  };
}

async function ratesOf(
  sql: SqlClient | Tx,
  budgets: readonly Budget[],
  now: number,
  timeZone: string,
): Promise<ReadonlyMap<string, ExchangeRates>> {
  const currencies = new Set(budgets.map(({ unit }) => unit));
  currencies.delete(LEDGER_CURRENCY);
  currencies.delete(TOKENS);
  const period = {
    from: dateOf(now - (LOOKBACK_DAYS + 40) * DAY_MS, timeZone),
    to: dateOf(now + DAY_MS, timeZone),
  };
  const read = [...currencies].map(
    async (currency) =>
      [currency, await readExchangeRates(sql as SqlClient, currency, period)] as const,
  );
  return new Map(await Promise.all(read));
}

type IncreaseRow = {
  readonly id: string;
  readonly budget_id: string;
  readonly amount: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly status: "approved" | "requested";
};

function countsOf(rows: readonly { readonly budget_id: string }[]): ReadonlyMap<string, number> {
  const lists = grouped(rows, () => true);
  return new Map([...lists].map(([id, members]) => [id, members.length]));
}

function grouped<Row extends { readonly budget_id: string }, Value>(
  rows: readonly Row[],
  toValue: (row: Row) => Value,
): ReadonlyMap<string, readonly Value[]> {
  const groups = Map.groupBy(rows, ({ budget_id }) => budget_id);
  return new Map([...groups].map(([id, members]) => [id, members.map(toValue)]));
}
