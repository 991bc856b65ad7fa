import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PLAN_CHANNEL } from "#lib/access/keys.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { BUDGET_CHANNEL } from "#lib/budget-control/budget-channel.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { USAGE_CHANNEL } from "#lib/ingest/usage-channel.ts";
import type { Log } from "#lib/log.ts";
import type { CheckAnswer } from "./check-answer.ts";
import { CheckInput } from "./check-input.ts";
import { CheckState } from "./check-state.ts";
import { ReservationBook } from "./reservation-book.ts";
import { readNotice } from "./reservation-notice.ts";
import {
  RESERVATION_CHANNEL,
  readHeldIds,
  readReservations,
  settleReservations,
  shareReservations,
} from "./reservation-store.ts";
import { checkSpend } from "./spend-check.ts";

export type CheckerOptions = {
  readonly sql: SqlClient;
  readonly publicUrl: string;
  readonly log: Log;
  readonly clock: () => number;
};

/**
 * Between two exchanges with the database: what is granted is known everywhere
 * after that. Short, so that what is told at once holds up no answer.
 */
const ROUND_MS = 50;
/** Others tell what they grant and close; this is for a notice that was lost. */
const HELD_MS = 10_000;
const SETTLE_MS = 1_000;
const SPEND_MS = 1_000;
const CALLS_MS = 60_000;
const PROCESSES_MS = 5_000;
/** Changes of budgets and prices are told; this is for a notice that was lost. */
const WHOLE_MS = 600_000;
/** A call may reach the ledger so long after the round that should have seen it. */
const SETTLE_OVERLAP_MS = 10_000;

const EVERYBODY: Viewer = {
  ...{ kind: "user", id: "", label: "" },
  ...{ role: "admin", teams: "all", persons: "all" },
};

/** Answers checks, and keeps what they are answered by up to date. */
export class Checker {
  readonly #options: CheckerOptions;
  readonly #id = randomUUID();
  readonly #book = new ReservationBook();
  readonly #stop = new AbortController();
  readonly #state: CheckState;
  readonly #unlisten: (() => Promise<void>)[] = [];
  readonly #due = new Map<string, number>();
  /** Granted elsewhere, and not read yet. */
  #told: string[] = [];
  #changed: Set<number> | null = new Set();
  #settledAt: number;
  #ended: Promise<void> = Promise.resolve();

  private constructor(options: CheckerOptions, state: CheckState) {
    this.#options = options;
    this.#state = state;
    this.#settledAt = options.clock() - 3_600_000;
  }

  static async start(options: CheckerOptions): Promise<Checker> {
    const { sql, clock } = options;
    const now = new Date(clock());
    const checker = new Checker(options, await CheckState.load(sql, now));
    await checker.#listen();
    await checker.#state.countProcesses(checker.#id, now);
    await checker.#readHeld(now);
    // The first answer works out what the others find: not while a gateway waits.
    checker.check(EVERYBODY, CheckInput.parse({}));
    checker.#ended = checker.#run();
    return checker;
  }

  /** @throws as `checkSpend`. */
  check(viewer: Viewer, input: CheckInput): CheckAnswer {
    const { publicUrl, clock } = this.#options;
    return checkSpend(viewer, input, { state: this.#state, book: this.#book, publicUrl }, clock());
  }

  /** Gives back what a call of a team that the viewer sees did not need. @returns Whether it was held. */
  giveBack(viewer: Viewer, id: string): boolean {
    const team = this.#book.find(id)?.team ?? null;
    const isTheirs = viewer.teams === "all" || (team !== null && viewer.teams.includes(team));
    return isTheirs && this.#book.giveBack(id);
  }

  /** Stops after what was granted has been told. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await this.#share(new Date(this.#options.clock()));
    for (const unlisten of this.#unlisten) await unlisten();
  }

  async #listen(): Promise<void> {
    const all = () => this.#due.clear();
    for (const [channel, heard] of [
      [USAGE_CHANNEL, (payload: string) => this.#noteDays(payload)],
      [BUDGET_CHANNEL, () => this.#due.delete("budgets")],
      [PLAN_CHANNEL, all],
      [RESERVATION_CHANNEL, (payload: string) => this.#noteHeld(payload)],
    ] as const) {
      const { unlisten } = await this.#options.sql.listen(channel, heard, all);
      this.#unlisten.push(unlisten);
    }
  }

  #noteDays(payload: string): void {
    const days = payload === "" ? [] : payload.split(",").map(Number);
    if (days.length === 0 || days.some(Number.isNaN)) this.#changed = null;
    else for (const day of days) this.#changed?.add(day);
    this.#due.delete("spend");
  }

  #noteHeld(payload: string): void {
    const { from, granted, closed } = readNotice(payload);
    if (from === this.#id) return;
    this.#told.push(...granted);
    this.#book.settle(closed);
  }

  async #run(): Promise<void> {
    const { log, clock } = this.#options;
    let isAway = false;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#round(clock());
        if (isAway) log.info("checks know the spend again");
        isAway = false;
      } catch (error) {
        if (!isAway) log.warn("checks cannot read the spend", { error: error as Error });
        isAway = true;
      }
      await sleep(ROUND_MS, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  /** What is held before what is spent: a call that is settled meanwhile counts twice rather than not at all. */
  async #round(now: number): Promise<void> {
    const { sql } = this.#options;
    const at = new Date(now);
    this.#book.expire(now);
    await this.#share(at);
    await this.#every("settle", SETTLE_MS, now, async () => {
      if (this.#book.size === 0) return;
      const since = new Date(this.#settledAt - SETTLE_OVERLAP_MS);
      if ((await settleReservations(sql, since, at)) !== null) this.#settledAt = now;
    });
    await this.#takeTold(at);
    await this.#every("held", HELD_MS, now, () => this.#readHeld(at));
    await this.#every("budgets", WHOLE_MS, now, () => this.#state.readBudgets(now));
    await this.#every("spend", SPEND_MS, now, async () => {
      const changed = this.#changed;
      this.#changed = new Set();
      await this.#state.readSpend(changed, now).catch((error) => {
        this.#changed = null;
        throw error;
      });
    });
    await this.#every("prices", WHOLE_MS, now, () => this.#state.readPrices());
    await this.#every("calls", CALLS_MS, now, () => this.#state.readCalls(at));
    await this.#every("processes", PROCESSES_MS, now, () =>
      this.#state.countProcesses(this.#id, at),
    );
  }

  async #every(name: string, everyMs: number, now: number, work: () => Promise<void>) {
    if (now < (this.#due.get(name) ?? 0)) return;
    this.#due.set(name, now + everyMs);
    try {
      await work();
    } catch (error) {
      this.#due.delete(name);
      throw error;
    }
  }

  async #takeTold(at: Date): Promise<void> {
    const told = this.#told;
    this.#told = [];
    try {
      this.#book.takeIn(await readReservations(this.#options.sql, told, at));
    } catch (error) {
      this.#told.push(...told);
      throw error;
    }
  }

  async #readHeld(at: Date): Promise<void> {
    const { sql } = this.#options;
    const unknown = this.#book.keepOnly(await readHeldIds(sql, at));
    this.#book.takeIn(await readReservations(sql, unknown, at));
  }

  async #share(at: Date): Promise<void> {
    const { granted, returned } = this.#book.takeNews();
    if (granted.length + returned.length === 0) return;
    try {
      await shareReservations(this.#options.sql, granted, returned, { from: this.#id, now: at });
      this.#book.shared(granted);
    } catch (error) {
      this.#book.unsent(returned);
      throw error;
    }
  }
}
