import type { FiscalCalendar, PeriodRule } from "#lib/time/fiscal.ts";
import type { Amount } from "./amount.ts";

/** What a budget may be narrowed to, in the order in which it is shown. */
export const SCOPE_DIMENSIONS = [
  "team",
  "cost_center",
  "project",
  "agent",
  "workflow",
  "user",
  "model",
  "provider",
  "key",
] as const;
export type ScopeDimension = (typeof SCOPE_DIMENSIONS)[number];

/** All that is named must hold; a team includes those below it. Empty: the whole organisation. */
export type Scope = { readonly [D in ScopeDimension]?: string };

export type ThresholdKind = "actual" | "forecast";
export type Threshold = { readonly kind: ThresholdKind; readonly percent: number };

/** A limit inside the period, such as a day's inside a month. */
export type Pacing = { readonly unit: "day" | "week"; readonly limit: Amount };

/** "22:00" to "07:00" in the organisation's zone; past midnight where `to` is the smaller. */
export type QuietHours = { readonly from: string; readonly to: string };

export type CostBasis = "effective" | "list";

/** Instants are epoch milliseconds. */
export type Budget = {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** What people call the ingest key of its scope. */
  readonly keyName?: string;
  readonly period: PeriodRule;
  readonly calendar: FiscalCalendar;
  /** A currency's code, or "tokens". */
  readonly unit: string;
  readonly limit: Amount;
  readonly costBasis: CostBasis;
  readonly rollover: "none" | "unspent";
  /** The most that is carried over; null for no bound. */
  readonly rolloverCap: Amount | null;
  readonly thresholds: readonly Threshold[];
  readonly pacing: Pacing | null;
  readonly quietHours: QuietHours | null;
  readonly hasDigest: boolean;
  readonly parentId: string | null;
  readonly owner: string | null;
  /** Where history and rollover begin. */
  readonly startsAt: number;
  readonly limitRevision: number;
};

/** A temporary increase that was approved. */
export type Increase = {
  readonly id: string;
  readonly amount: Amount;
  readonly startsAt: number;
  readonly endsAt: number;
};

/** Spend of one day in the budget's unit; a lower bound while `unpricedCalls` is not zero. */
export type DaySpend = {
  /** The day's start. */
  readonly day: number;
  readonly spent: Amount;
  readonly unpricedCalls: number;
};
