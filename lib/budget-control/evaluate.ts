import type { Budget } from "#lib/budgets/budget.ts";
import { type Arms, decide } from "#lib/budgets/crossings.ts";
import { type Look, lookAt } from "#lib/budgets/look.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type BudgetBook, factsOf, readBudgetBook } from "./budget-facts.ts";
import {
  currentCrossings,
  pacingMark,
  pacingMarks,
  type StoredCrossing,
} from "./crossing-store.ts";
import type { Links } from "./event-data.ts";
import { rememberedForecast } from "./forecast-memory.ts";
import { isPacingExceeded, type StateRow, settleBudget } from "./settle.ts";
import { type ChangedDays, SpendMemory } from "./spend-memory.ts";

const LONGEST_PACING_MS = 8 * 86_400_000;

/**
 * Looks at all budgets and settles those for which something has changed. Safe
 * in any number of processes: looking writes nothing, and settling decides
 * anew under a lock.
 */
export class BudgetEvaluator {
  readonly #sql: SqlClient;
  readonly #links: Links;
  readonly #memory: SpendMemory;

  constructor(sql: SqlClient, links: Links) {
    this.#sql = sql;
    this.#links = links;
    this.#memory = new SpendMemory(sql);
  }

  /**
   * @param changed The days of which usage changed; null: all may have.
   * @param all Look also at budgets whose spend did not change: time moves them, too.
   * @returns How many messages were written or are held.
   */
  async evaluate(changed: ChangedDays, all: boolean, now: number): Promise<number> {
    const book = await readBudgetBook(this.#sql, now);
    if (book.budgets.length === 0) return 0;
    const touched = await this.#memory.refresh(book, changed, now);
    const [states, crossings, paced] = await Promise.all([
      this.#sql<StateRow[]>`select budget_id, period_start, limit_key, arms from budget_state`,
      currentCrossings(this.#sql),
      pacingMarks(this.#sql, now - LONGEST_PACING_MS),
    ]);
    const stateOf = new Map(states.map((state) => [state.budget_id, state]));
    let said = 0;
    for (const budget of book.budgets) {
      const state = stateOf.get(budget.id);
      if (!all && state !== undefined && !touched.has(budget.id)) continue;
      const look = lookAt(
        factsOf(book, budget, this.#memory.of(budget.id)),
        now,
        rememberedForecast,
      );
      const known = crossings.get(budget.id) ?? [];
      const hasNews =
        state === undefined ||
        isNews(book, budget, look, state, known, now) ||
        isPacingNews(budget, look, paced);
      if (hasNews) said += await settleBudget(this.#sql, budget.id, now, this.#links);
    }
    return said;
  }
}

function isNews(
  book: BudgetBook,
  budget: Budget,
  { period, limit, spent, outlook }: Look,
  state: StateRow,
  known: readonly StoredCrossing[],
  now: number,
): boolean {
  if (state.period_start.getTime() !== period.start || state.limit_key !== limit.key) return true;
  const decision = decide({
    thresholds: budget.thresholds,
    spent,
    limit: limit.total,
    limitKey: limit.key,
    forecast: outlook.forecast?.p50 ?? null,
    known,
    arms: state.arms,
    isNewLimit: false,
    isMuted: book.mutes.has(budget.id),
    now,
  });
  const { marks, uncrossed, recrossed } = decision;
  return (
    marks.length + uncrossed.length + recrossed.length > 0 || !isSameArms(decision.arms, state.arms)
  );
}

function isSameArms(a: Arms, b: Arms): boolean {
  const text = (arms: Arms) =>
    JSON.stringify(
      Object.entries(arms)
        .map(([percent, arm]) => [percent, arm.isArmed, arm.arming, arm.below, arm.lookedAt])
        .sort(),
    );
  return text(a) === text(b);
}

function isPacingNews(budget: Budget, { pacing }: Look, paced: ReadonlySet<string>): boolean {
  if (pacing === null || !isPacingExceeded({ pacing })) return false;
  return !paced.has(pacingMark(budget.id, pacing.start, String(budget.limitRevision)));
}
