import type { SqlClient } from "#lib/db/client.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { type BudgetBook, readBudgetSpend, spendQuestion } from "./budget-facts.ts";
import { type RawDay, readSpend } from "./read-spend.ts";

/** Which days changed; null: any may have. */
export type ChangedDays = ReadonlySet<number> | null;

/** A quarter: what lies further apart is read anew as a whole. */
const WIDEST_MS = 92 * 86_400_000;

/**
 * The spend of all budgets as it was last read, so that a change of today costs
 * a read of today alone. Only a hint of what may have been crossed: what is
 * written is read again under a lock.
 */
export class SpendMemory {
  readonly #sql: SqlClient;
  #days: ReadonlyMap<string, RawDay[]> = new Map();
  #signature = "";

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  of(budgetId: string): readonly RawDay[] {
    return this.#days.get(budgetId) ?? [];
  }

  /** @returns The budgets whose spend is not what it was. */
  async refresh(book: BudgetBook, changed: ChangedDays, now: number): Promise<ReadonlySet<string>> {
    const { budgets, teams, timeZone } = book;
    const signature = JSON.stringify([
      budgets.map(({ id, scope, period }) => [id, scope, period]),
      teams,
      timeZone,
    ]);
    const [from, to] = [Math.min(...(changed ?? [])), Math.max(...(changed ?? []))];
    const isWhole = changed === null || signature !== this.#signature || to - from > WIDEST_MS;
    if (!isWhole && changed.size === 0) return new Set();
    const before = this.#days;
    if (isWhole) {
      this.#days = await readBudgetSpend(this.#sql, book, now);
    } else {
      const end = nextUnitStart(to, "day", timeZone);
      const questions = budgets.flatMap((budget) => {
        const whole = spendQuestion(budget, now, timeZone);
        const question = {
          budget,
          from: Math.max(from, whole.from),
          to: Math.min(end, whole.to),
        };
        return question.from < question.to ? [question] : [];
      });
      const read = await readSpend(this.#sql, questions, teams);
      this.#days = new Map(
        budgets.map(({ id }) => [id, replaced(before.get(id) ?? [], read.get(id), from, end)]),
      );
    }
    this.#signature = signature;
    return new Set(
      budgets
        .map(({ id }) => id)
        .filter((id) => fingerprint(before.get(id)) !== fingerprint(this.#days.get(id))),
    );
  }
}

function replaced(
  old: readonly RawDay[],
  read: readonly RawDay[] | undefined,
  from: number,
  to: number,
): RawDay[] {
  if (read === undefined) return [...old];
  const kept = old.filter(({ day }) => day < from || day >= to);
  return [...kept, ...read].sort((a, b) => a.day - b.day);
}

function fingerprint(days: readonly RawDay[] | undefined): string {
  return (days ?? [])
    .map(({ day, cost, listCost, tokens }) => `${day} ${cost} ${listCost} ${tokens}`)
    .join("\n");
}
