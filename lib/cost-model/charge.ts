import type { Usd } from "#lib/money/money.ts";
import type { Prepaid } from "#lib/pricing/rate-set.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";

export const CHARGE_KINDS = [
  "seat",
  "subscription",
  "commitment",
  "provisioned",
  "credits",
  "fee",
] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/** How often its price is due: for the whole of it, or for each month or year since it began. */
export const RECURRENCES = ["once", "monthly", "yearly"] as const;
export type Recurrence = (typeof RECURRENCES)[number];

/** What is paid whether it is used or not. Days are the organisation's; the end is exclusive. */
export type Charge = {
  readonly id: string;
  readonly kind: ChargeKind;
  readonly name: string;
  /** Whose it is; null: the organisation's, shared out through `pool` where it names one. */
  readonly team: string | null;
  readonly pool: string | null;
  /** Whose seat it is, as telemetry names the person. */
  readonly person: string | null;
  /** The usage that it pays for; null for any. */
  readonly provider: string | null;
  readonly model: string | null;
  /** Of one unit, for one period of the recurrence. */
  readonly amount: Usd;
  readonly quantity: number;
  readonly recurrence: Recurrence;
  readonly startsOn: CivilDay;
  readonly endsOn: CivilDay | null;
  /** Of provisioned throughput: the tokens that a day of it can serve; null while nobody said. */
  readonly dailyTokens: bigint | null;
};

const PAYS_FOR: Readonly<Record<ChargeKind, Prepaid | null>> = {
  seat: "plan",
  subscription: "plan",
  commitment: "commitment",
  provisioned: "commitment",
  credits: "credits",
  fee: null,
};

/** Which usage a charge pays for beforehand; null for a fee, which pays for none. */
export function paysFor({ kind }: Charge): Prepaid | null {
  return PAYS_FOR[kind];
}

/** Whether usage draws on it by its worth, in the order of days. */
export function isDrawn(charge: Charge): boolean {
  const source = paysFor(charge);
  return source === "credits" || source === "commitment";
}

export function isInForce({ startsOn, endsOn }: Charge, day: CivilDay): boolean {
  return startsOn <= day && day < (endsOn ?? Infinity);
}

/**
 * Of several charges that could pay, the one that says most first, then the
 * oldest; where they began together, as they are given: as they were recorded.
 */
export function byPrecedence(a: Charge, b: Charge): number {
  return bySaid(a, b) || a.startsOn - b.startsOn;
}

export function bySaid(a: Charge, b: Charge): number {
  return said(b) - said(a);
}

function said({ person, team, model, provider }: Charge): number {
  return (person ? 8 : 0) + (team ? 4 : 0) + (model ? 2 : 0) + (provider ? 1 : 0);
}
