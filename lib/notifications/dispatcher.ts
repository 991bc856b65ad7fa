import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SqlClient } from "#lib/db/client.ts";
import type { Log } from "#lib/log.ts";
import { attemptDelivery, type Sender } from "./attempt-delivery.ts";
import { type ClaimedDelivery, claimDeliveries, MOST_PER_ENDPOINT } from "./claim-deliveries.ts";
import { NOTIFICATION_CHANNEL } from "./emit-event.ts";
import { FAN_OUT_BATCH, fanOut } from "./fan-out.ts";
import { releaseDelivery, settleAttempt } from "./settle-attempt.ts";

export type DispatcherOptions = {
  readonly sql: SqlClient;
  readonly sender: Sender;
  readonly publicUrl: string;
  readonly log: Log;
  readonly clock: () => Date;
  /** Between two looks where no notice came. */
  readonly restMs?: number;
  readonly chance?: () => number;
};

/** Attempts under way at once in one worker. */
const MOST_AT_ONCE = 32;
const REST_MS = 1_000;

/**
 * Sends what is in the outbox, woken by each commit that writes to it. Any
 * number of workers may do so; each delivery is leased to one of them.
 *
 * @returns a function that stops it: what is under way is given up and given back.
 */
export function startDispatcher(options: DispatcherOptions): () => Promise<void> {
  const stop = new AbortController();
  const dispatcher = new Dispatcher(options, stop.signal);
  const ended = dispatcher.run();
  return async () => {
    stop.abort();
    await ended;
  };
}

class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #signal: AbortSignal;
  readonly #underWay = new Map<ClaimedDelivery, Promise<void>>();
  #wake: AbortController = new AbortController();

  constructor(options: DispatcherOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#wake.abort(), { once: true });
  }

  async run(): Promise<void> {
    const { log, sql, restMs = REST_MS } = this.#options;
    const wake = () => this.#wake.abort();
    // Without notices deliveries still go out, at each look.
    const listening = sql.listen(NOTIFICATION_CHANNEL, wake, wake).catch(() => null);
    let isAway = false;
    while (!this.#signal.aborted) {
      this.#wake = new AbortController();
      if (this.#signal.aborted) break;
      try {
        await this.#look();
        if (isAway) log.info("notifications go out again");
        isAway = false;
      } catch (error) {
        if (!isAway) log.warn("cannot send notifications", { error: error as Error });
        isAway = true;
      }
      await sleep(restMs, undefined, { signal: this.#wake.signal }).catch(() => {});
    }
    await Promise.all(this.#underWay.values());
    await (await listening)?.unlisten().catch(() => {});
  }

  async #look(): Promise<void> {
    const { sql, clock } = this.#options;
    while ((await fanOut(sql, clock())) === FAN_OUT_BATCH && !this.#signal.aborted);
    for (;;) {
      const most = MOST_AT_ONCE - this.#underWay.size;
      if (most <= 0 || this.#signal.aborted) return;
      const claimed = await claimDeliveries(sql, {
        ...{ most, busy: this.#busy(), lease: randomUUID(), now: clock() },
      });
      if (claimed.length === 0) return;
      for (const delivery of claimed) this.#start(delivery);
    }
  }

  #busy(): string[] {
    const counts = new Map<string, number>();
    for (const { endpointId } of this.#underWay.keys()) {
      counts.set(endpointId, (counts.get(endpointId) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count >= MOST_PER_ENDPOINT).map(([id]) => id);
  }

  #start(delivery: ClaimedDelivery): void {
    const { log } = this.#options;
    const work = this.#deliver(delivery)
      .catch((error: Error) => {
        // Its lease ends by itself.
        log.error("a delivery could not be noted", { delivery: delivery.id, error });
      })
      .finally(() => {
        this.#underWay.delete(delivery);
        this.#wake.abort();
      });
    this.#underWay.set(delivery, work);
  }

  async #deliver(delivery: ClaimedDelivery): Promise<void> {
    const { sql, sender, clock, publicUrl, chance = Math.random } = this.#options;
    const startedAt = clock();
    const result = await attemptDelivery(delivery, sender, this.#signal, clock).catch((error) => {
      if (this.#signal.aborted) return null;
      throw error;
    });
    if (result === null) return await releaseDelivery(sql, delivery);
    const settling = { delivery, result, startedAt, now: clock(), chance: chance(), publicUrl };
    await settleAttempt(sql, settling);
  }
}
