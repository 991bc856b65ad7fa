import type { Amount } from "#lib/budgets/amount.ts";
import type { Usd } from "#lib/money/money.ts";

export type Reservation = {
  readonly id: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly team: string | null;
  readonly user: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  /** Id of the ingest key that its telemetry is to arrive with; null: any. */
  readonly key: string | null;
  readonly amount: Usd;
  /** By budget, in the budget's unit. */
  readonly holds: ReadonlyMap<string, Amount>;
};

/**
 * What is held, in memory. Those of this process are in it from the moment they
 * are granted; those of others from the next exchange with the database.
 */
export class ReservationBook {
  readonly #open = new Map<string, Reservation>();
  readonly #held = new Map<string, bigint>();
  /** Granted here and not yet in the database: by budget. */
  readonly #unsharedHeld = new Map<string, bigint>();
  #unshared = new Map<string, Reservation>();
  #returned: string[] = [];

  get size(): number {
    return this.#open.size;
  }

  find(id: string): Reservation | undefined {
    return this.#open.get(id);
  }

  held(budgetId: string): Amount {
    return (this.#held.get(budgetId) ?? 0n) as Amount;
  }

  /** What of it the other processes do not know of yet. */
  unshared(budgetId: string): Amount {
    return (this.#unsharedHeld.get(budgetId) ?? 0n) as Amount;
  }

  grant(reservation: Reservation): void {
    this.#open.set(reservation.id, reservation);
    this.#unshared.set(reservation.id, reservation);
    count(this.#held, reservation, 1n);
    count(this.#unsharedHeld, reservation, 1n);
  }

  /** Gives back what is not needed. @returns Whether it was held. */
  giveBack(id: string): boolean {
    const isOpen = this.#close(id);
    if (isOpen) this.#returned.push(id);
    return isOpen;
  }

  expire(now: number): void {
    for (const { id, expiresAt } of this.#open.values()) if (expiresAt <= now) this.#close(id);
  }

  /** The end of the soonest to expire of a budget; null when nothing is held. */
  nextExpiry(budgetId: string): number | null {
    let soonest: number | null = null;
    for (const { expiresAt, holds } of this.#open.values()) {
      if (holds.has(budgetId) && (soonest === null || expiresAt < soonest)) soonest = expiresAt;
    }
    return soonest;
  }

  /** What has to be told to the others. Taken until `shared` or `unsent` says what became of it. */
  takeNews(): { readonly granted: readonly Reservation[]; readonly returned: readonly string[] } {
    const news = { granted: [...this.#unshared.values()], returned: this.#returned };
    this.#returned = [];
    return news;
  }

  /** They are in the database now. */
  shared(granted: readonly Reservation[]): void {
    for (const reservation of granted) {
      if (this.#unshared.delete(reservation.id)) count(this.#unsharedHeld, reservation, -1n);
    }
  }

  unsent(returned: readonly string[]): void {
    this.#returned.push(...returned);
  }

  /** Adds what others granted. */
  takeIn(granted: readonly Reservation[]): void {
    const gone = new Set(this.#returned);
    for (const reservation of granted) {
      if (this.#open.has(reservation.id) || gone.has(reservation.id)) continue;
      this.#open.set(reservation.id, reservation);
      count(this.#held, reservation, 1n);
    }
  }

  /** Settled, or given back elsewhere. */
  settle(ids: Iterable<string>): void {
    for (const id of ids) this.#close(id);
  }

  /**
   * Lets go of what the database does not hold any more; what is not shared yet stays.
   *
   * @returns Those that it holds and we do not know.
   */
  keepOnly(ids: readonly string[]): string[] {
    const held = new Set(ids);
    this.settle([...this.#open.keys()].filter((id) => !held.has(id) && !this.#unshared.has(id)));
    return ids.filter((id) => !this.#open.has(id));
  }

  #close(id: string): boolean {
    const reservation = this.#open.get(id);
    if (reservation === undefined) return false;
    this.#open.delete(id);
    count(this.#held, reservation, -1n);
    return true;
  }
}

function count(sums: Map<string, bigint>, { holds }: Reservation, times: bigint): void {
  for (const [id, amount] of holds) sums.set(id, (sums.get(id) ?? 0n) + amount * times);
}
