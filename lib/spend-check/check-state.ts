import { type BudgetBook, factsOf, readBudgetBook } from "#lib/budget-control/budget-facts.ts";
import { dateOf } from "#lib/budget-control/day-spend.ts";
import { type ChangedDays, SpendMemory } from "#lib/budget-control/spend-memory.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { type Learned, learnCalls } from "./learned-calls.ts";
import { readCallSizes } from "./read-call-sizes.ts";
import { countCheckers } from "./reservation-store.ts";
import { type Standing, standingOf } from "./standing.ts";

/** Without news a period, an increase or a rate may have begun. */
const STANDING_MS = 5_000;

/** All that checks are answered by, but for what is held. */
export class CheckState {
  readonly #sql: SqlClient;
  readonly #memory: SpendMemory;
  #book: BudgetBook;
  #standings: readonly Standing[] = [];
  #standingsUntil = 0;
  pricing: Pricing;
  learned: Learned;
  processes = 1;
  /** When spend was read last: everything committed before is in it. */
  asOf = 0;

  private constructor(sql: SqlClient, book: BudgetBook, pricing: Pricing, learned: Learned) {
    this.#sql = sql;
    this.#memory = new SpendMemory(sql);
    this.#book = book;
    this.pricing = pricing;
    this.learned = learned;
  }

  static async load(sql: SqlClient, now: Date): Promise<CheckState> {
    const book = await readBudgetBook(sql, now.getTime());
    const pricing = await loadPricing(sql);
    const state = new CheckState(sql, book, pricing, await readLearned(sql, now));
    await state.readSpend(null, now.getTime());
    return state;
  }

  /** Where every budget stands, worked out anew when something may have changed. */
  standingsAt(now: number): readonly Standing[] {
    if (now < this.#standingsUntil) return this.#standings;
    const { budgets, teams, timeZone, rates } = this.#book;
    this.#standings = budgets.map((budget) => {
      const facts = factsOf(this.#book, budget, this.#memory.of(budget.id));
      const rate = rates.get(budget.unit)?.on(budget.unit, dateOf(now, timeZone)) ?? null;
      return standingOf(facts, teams, rate, now);
    });
    const resets = this.#standings.flatMap(({ bounds }) => bounds.map(({ resetsAt }) => resetsAt));
    this.#standingsUntil = Math.min(now + STANDING_MS, ...resets);
    return this.#standings;
  }

  async readBudgets(now: number): Promise<void> {
    this.#book = await readBudgetBook(this.#sql, now);
    await this.readSpend(null, now);
  }

  async readSpend(changed: ChangedDays, now: number): Promise<void> {
    const touched = await this.#memory.refresh(this.#book, changed, now);
    if (touched.size > 0 || changed === null) this.#standingsUntil = 0;
    this.asOf = now;
  }

  async readPrices(): Promise<void> {
    this.pricing = await loadPricing(this.#sql);
  }

  /** The sizes of recent calls. */
  async readCalls(now: Date): Promise<void> {
    this.learned = await readLearned(this.#sql, now);
  }

  async countProcesses(id: string, now: Date): Promise<void> {
    this.processes = await countCheckers(this.#sql, id, now);
  }
}

async function readLearned(sql: SqlClient, now: Date): Promise<Learned> {
  const { sizes, models } = await readCallSizes(sql, now);
  return learnCalls(sizes, models);
}
