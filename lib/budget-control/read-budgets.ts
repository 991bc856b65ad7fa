import { setImmediate } from "node:timers/promises";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import { type PeriodRecord, pastPeriods } from "#lib/budgets/limit.ts";
import { type RollUp, rollUpOf } from "#lib/budgets/roll-up.ts";
import { usageFilters } from "#lib/budgets/scope.ts";
import { type BudgetStatus, type StatusFacts, statusOf } from "#lib/budgets/status.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { maySee } from "./budget-access.ts";
import {
  type BudgetBook,
  factsOf,
  type Mute,
  readBudgetBook,
  readBudgetSpend,
} from "./budget-facts.ts";
import { rememberedForecast } from "./forecast-memory.ts";

/** A budget as lists show it. */
export type ListedBudget = { readonly status: BudgetStatus; readonly mute: Mute | null };

/** A budget with all that its page shows. */
export type BudgetDetail = ListedBudget & {
  readonly timeZone: string;
  readonly history: readonly PeriodRecord[];
  /** Spend of each day of the running period. */
  readonly days: StatusFacts["days"];
  readonly rollUp: RollUp;
  readonly parent: Budget | null;
  readonly children: readonly Budget[];
  /** What `/usage` is asked for the same spend; null for an ingest key's, by which it cannot be asked. */
  readonly filters: ReturnType<typeof usageFilters>;
};

/** The budgets that a viewer may see, by name, each with where it stands. */
export async function listBudgets(
  sql: SqlClient,
  viewer: Viewer,
  now: number,
): Promise<{ readonly timeZone: string; readonly budgets: readonly ListedBudget[] }> {
  const { book, spend } = await readOnly(sql, async (tx) => {
    const visible = visibleTo(viewer, await readBudgetBook(tx, now));
    return { book: visible, spend: await readBudgetSpend(tx, visible, now) };
  });
  const budgets: ListedBudget[] = [];
  for (const budget of book.budgets) {
    const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
    const status = statusOf(facts, now, rememberedForecast);
    budgets.push({ status, mute: book.mutes.get(budget.id) ?? null });
    // A day's first forecast takes some 40 ms: many in a row would hold up everybody else.
    await setImmediate();
  }
  return { timeZone: book.timeZone, budgets };
}

/** @throws {AppError} "not_found", also for what the viewer may not see. */
export async function budgetDetail(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  now: number,
): Promise<BudgetDetail> {
  return readOnly(sql, async (tx) => {
    const book = visibleTo(viewer, await readBudgetBook(tx, now));
    const budget = book.budgets.find((each) => each.id === id.toLowerCase());
    if (budget === undefined) {
      throw new AppError("There is no such budget", { code: "not_found" });
    }
    const spend = await readBudgetSpend(tx, { ...book, budgets: [budget] }, now);
    const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
    const status = statusOf(facts, now, rememberedForecast);
    const { start, end } = status.period;
    return {
      status,
      timeZone: book.timeZone,
      mute: book.mutes.get(budget.id) ?? null,
      history: pastPeriods(facts, now),
      days: facts.days.filter(({ day }) => day >= start && day < end),
      rollUp: rollUpOf(budget, book.budgets, book.teams),
      parent: book.budgets.find((each) => each.id === budget.parentId) ?? null,
      children: book.budgets.filter(({ parentId }) => parentId === budget.id),
      filters: usageFilters(budget.scope, book.teams),
    };
  });
}

/** The budgets that a viewer may see, without where they stand. */
export async function visibleBudgets(
  sql: SqlClient,
  viewer: Viewer,
  now: number,
): Promise<readonly Budget[]> {
  return visibleTo(viewer, await readBudgetBook(sql, now)).budgets;
}

function visibleTo(viewer: Viewer, book: BudgetBook): BudgetBook {
  return { ...book, budgets: book.budgets.filter((budget) => maySee(viewer, budget)) };
}
