import type { Usd } from "#lib/money/money.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import type { TokenClass } from "#lib/usage/tokens.ts";

/** What the ledger has of a provider, by model, day of UTC and class of tokens. */
export type LedgerUsage = {
  readonly provider: string;
  readonly model: string | null;
  readonly day: CivilDay;
  /** Null: of other units than tokens. */
  readonly tokenClass: TokenClass | null;
  readonly billed: Usd;
  /** Worth of what a plan, credits or a commitment paid, at agreed prices. */
  readonly covered: Usd;
  /** Of what is billed, and of what is covered. */
  readonly tokens: bigint;
  readonly coveredTokens: bigint;
  /** Calls that have no price for this class. */
  readonly unpricedCalls: number;
};

/** Why an invoice and the ledger differ. */
export const GAP_REASONS = [
  "late",
  "unpriced",
  "not_instrumented",
  "not_invoiced",
  "plan_paid",
  "price",
  "rounding",
  "tax",
  "credits",
  "fees",
] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** Both sides of one provider, model, day or class. */
export type ComparedRow = {
  readonly provider: string;
  /** The model, day or class; null where the invoice or the ledger names none. */
  readonly value: string | null;
  readonly invoiced: Usd;
  readonly ours: Usd;
  /** Null: the invoice counts none. */
  readonly invoicedTokens: bigint | null;
  readonly tokens: bigint;
};

export type Comparison = {
  readonly invoiced: Usd;
  /** What the books have for it: usage as it is billed, and charges where the invoice has any. */
  readonly ours: Usd;
  /** Above zero: the invoice asks for more. The reasons add up to it. */
  readonly gap: Usd;
  readonly reasons: readonly { readonly reason: GapReason; readonly amount: Usd }[];
  /** By provider: usage that came after the month's closing, which is booked in later months. */
  readonly late: ReadonlyMap<string, Usd>;
  /** By provider: what is booked by accepting other invoices of the month; it is part of the gap still. */
  readonly settled: ReadonlyMap<string, Usd>;
  readonly byProvider: readonly ComparedRow[];
  readonly byModel: readonly ComparedRow[];
  readonly byClass: readonly ComparedRow[];
  /** Empty where the invoice names no days. */
  readonly byDay: readonly ComparedRow[];
};
