import { setImmediate } from "node:timers/promises";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import { limitAt, type PeriodRecord, pastPeriods } from "#lib/budgets/limit.ts";
import { type LimitedBudget, type RollUp, rollUpOf } from "#lib/budgets/roll-up.ts";
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
export type ListedBudget = {
  readonly status: BudgetStatus;
  readonly mute: Mute | null;
  /** How many requests for more wait for a decision. */
  readonly waiting: number;
  /** Against the budgets below it that the viewer may see. */
  readonly rollUp: RollUp;
};

/** A budget with all that its page shows. */
export type BudgetDetail = ListedBudget & {
  readonly timeZone: string;
  readonly history: readonly PeriodRecord[];
  /** Spend of each day of the running period. */
  readonly days: StatusFacts["days"];
  readonly parent: Budget | null;
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
  const statuses: BudgetStatus[] = [];
  for (const budget of book.budgets) {
    const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
    statuses.push(statusOf(facts, now, rememberedForecast));
    // A day's first forecast takes some 40 ms: many in a row would hold up everybody else.
    await setImmediate();
  }
  const limited = statuses.map(limitedBy);
  const budgets = statuses.map((status) => ({
    status,
    mute: book.mutes.get(status.budget.id) ?? null,
    waiting: book.waiting.get(status.budget.id) ?? 0,
    rollUp: rollUpOf(limitedBy(status), limited, book.teams),
  }));
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
    const children = book.budgets.filter(({ parentId }) => parentId === budget.id);
    const spend = await readBudgetSpend(tx, { ...book, budgets: [budget, ...children] }, now);
    const factsBy = (each: Budget) => factsOf(book, each, spend.get(each.id) ?? []);
    const limited = children.map((child) => ({
      budget: child,
      limit: limitAt(factsBy(child), now).total,
    }));
    const facts = factsBy(budget);
    const status = statusOf(facts, now, rememberedForecast);
    const { start, end } = status.period;
    return {
      status,
      timeZone: book.timeZone,
      mute: book.mutes.get(budget.id) ?? null,
      waiting: book.waiting.get(budget.id) ?? 0,
      history: pastPeriods(facts, now),
      days: facts.days.filter(({ day }) => day >= start && day < end),
      rollUp: rollUpOf(limitedBy(status), limited, book.teams),
      parent: book.budgets.find((each) => each.id === budget.parentId) ?? null,
      filters: usageFilters(budget.scope, book.teams),
    };
  });
}

/** What a period of a budget came to; of the running one, so far. */
export type BudgetPeriod = Pick<PeriodRecord, "start" | "end" | "spent" | "limit">;

/** Those of the budgets that a viewer may see which are asked for, by name, each with its periods, the running one last. */
export async function budgetPeriods(
  sql: SqlClient,
  viewer: Viewer,
  isWanted: (budget: Budget) => boolean,
  now: number,
): Promise<readonly { readonly budget: Budget; readonly periods: readonly BudgetPeriod[] }[]> {
  return readOnly(sql, async (tx) => {
    const visible = visibleTo(viewer, await readBudgetBook(tx, now));
    const book = { ...visible, budgets: visible.budgets.filter(isWanted) };
    if (book.budgets.length === 0) return [];
    const spend = await readBudgetSpend(tx, book, now);
    return book.budgets.map((budget) => {
      const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
      const { period, spent, limit } = statusOf(facts, now, rememberedForecast);
      const running = { ...period, spent, limit: limit.total };
      return { budget, periods: [...pastPeriods(facts, now), running] };
    });
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

function limitedBy({ budget, limit }: BudgetStatus): LimitedBudget {
  return { budget, limit: limit.total };
}

function visibleTo(viewer: Viewer, book: BudgetBook): BudgetBook {
  return { ...book, budgets: book.budgets.filter((budget) => maySee(viewer, budget)) };
}
