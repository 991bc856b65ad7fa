import { PLAN_CHANNEL } from "#lib/access/keys.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { USAGE_CHANNEL } from "#lib/ingest/usage-channel.ts";
import type { Log } from "#lib/log.ts";
import { BUDGET_CHANNEL } from "./budget-channel.ts";
import { sendDigest } from "./digest.ts";
import { BudgetEvaluator } from "./evaluate.ts";
import type { Links } from "./event-data.ts";
import { releaseHeld } from "./release-held.ts";
import type { ChangedDays } from "./spend-memory.ts";

export type WatchOptions = {
  readonly sql: SqlClient;
  readonly links: Links;
  readonly log: Log;
  readonly clock: () => Date;
  /** Between two evaluations, however much usage arrives. */
  readonly restMs?: number;
  /** Looks at all budgets, for time moves them without usage. */
  readonly tickMs?: number;
};

const REST_MS = 2_000;
const TICK_MS = 15_000;
/** Reads everything again, lest a notification was lost. */
const WHOLE_MS = 600_000;

/**
 * Evaluates the budgets soon after usage or a budget has changed, and every
 * quarter of a minute. Any number of workers may watch.
 *
 * @returns a function that stops it, once the evaluation under way has ended.
 */
export async function watchBudgets(options: WatchOptions): Promise<() => Promise<void>> {
  const watch = new BudgetWatch(options);
  await watch.start();
  return () => watch.stop();
}

class BudgetWatch {
  readonly #options: WatchOptions;
  readonly #evaluator: BudgetEvaluator;
  #changed: Set<number> | null = null;
  #isDirty = true;
  #all = true;
  #lastAt = 0;
  #wholeAt = 0;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #tick: ReturnType<typeof setInterval> | null = null;
  #isStopped = false;
  #isAway = false;
  readonly #unlisten: (() => Promise<void>)[] = [];

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#evaluator = new BudgetEvaluator(options.sql, options.links);
  }

  async start(): Promise<void> {
    const { sql, tickMs = TICK_MS } = this.#options;
    const everything = () => this.#note(null, true);
    for (const [channel, heard] of [
      [USAGE_CHANNEL, (payload: string) => this.#note(changedDays(payload), false)],
      [BUDGET_CHANNEL, everything],
      [PLAN_CHANNEL, everything],
    ] as const) {
      // Also after the connection came back: what was notified meanwhile is lost.
      const { unlisten } = await sql.listen(channel, heard, everything);
      this.#unlisten.push(unlisten);
    }
    this.#tick = setInterval(() => this.#note(new Set(), true), tickMs);
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#tick ?? undefined);
    clearTimeout(this.#timer ?? undefined);
    await this.#running;
    await Promise.all(this.#unlisten.map((unlisten) => unlisten().catch(() => {})));
  }

  #note(changed: ChangedDays, all: boolean): void {
    if (changed === null) this.#changed = null;
    else for (const day of changed) this.#changed?.add(day);
    this.#all ||= all;
    this.#isDirty = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isStopped || this.#timer !== null || this.#running !== null) return;
    const { restMs = REST_MS, clock } = this.#options;
    const wait = Math.max(0, this.#lastAt + restMs - clock().getTime());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#running = this.#run().finally(() => {
        this.#running = null;
        if (this.#isDirty) this.#schedule();
      });
    }, wait);
  }

  async #run(): Promise<void> {
    const { sql, links, log, clock } = this.#options;
    const now = clock().getTime();
    this.#lastAt = now;
    const isWhole = now - this.#wholeAt >= WHOLE_MS;
    const [changed, all] = [isWhole ? null : this.#changed, this.#all];
    this.#changed = new Set();
    this.#all = false;
    this.#isDirty = false;
    try {
      await this.#evaluator.evaluate(changed, all, now);
      if (all) await releaseHeld(sql, now, links);
      if (all) await sendDigest(sql, now, links);
      if (changed === null) this.#wholeAt = now;
      if (this.#isAway) log.info("budgets are watched again");
      this.#isAway = false;
    } catch (error) {
      // Said once; the next tick tries again.
      if (!this.#isAway) log.error("cannot evaluate budgets", { error: error as Error });
      this.#isAway = true;
      this.#changed = null;
      this.#all = true;
    }
  }
}

/** What a commit notifies: the starts of the days it touched, in epoch milliseconds; nothing: any. */
function changedDays(payload: string): ChangedDays {
  if (!/^\d+(,\d+)*$/.test(payload)) return null;
  return new Set(payload.split(",").map(Number));
}
