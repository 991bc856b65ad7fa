import { periodAt, type Span } from "#lib/time/fiscal.ts";
import { type Amount, NOTHING, sumAmounts } from "./amount.ts";
import type { Budget, DaySpend, Increase } from "./budget.ts";

/** What may be spent in a period, and what it is made of. */
export type Limit = {
  readonly base: Amount;
  /** Unspent money of the periods before. */
  readonly carried: Amount;
  readonly increased: Amount;
  readonly total: Amount;
  /** Names the limit: its revision and the increases in force. A new key arms the thresholds again. */
  readonly key: string;
};

/** How a period went. */
export type PeriodRecord = Span & {
  readonly opening: Amount;
  readonly limit: Amount;
  readonly spent: Amount;
  readonly unpricedCalls: number;
  /** What is left at its end, below zero when it was overspent. */
  readonly closing: Amount;
};

/** A limit that held from an instant on; the newest before a period's end is the period's. */
export type PastLimit = { readonly since: number; readonly limit: Amount };

export type LimitFacts = {
  readonly budget: Budget;
  readonly timeZone: string;
  /** Ascending; must reach back to the first period that counts. */
  readonly days: readonly DaySpend[];
  readonly increases: readonly Increase[];
  readonly pastLimits: readonly PastLimit[];
};

/** Rollover and history look at most so far back. */
export const LOOKBACK_DAYS = 400;
const DAY_MS = 86_400_000;

/** The limit in force at an instant. */
export function limitAt(facts: LimitFacts, now: number): Limit {
  const { budget, increases } = facts;
  const active = increases.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  const carried = carriedInto(facts, now);
  const increased = sumAmounts(active.map(({ amount }) => amount));
  return {
    base: budget.limit,
    carried,
    increased,
    total: sumAmounts([budget.limit, carried, increased]),
    key: [String(budget.limitRevision), ...active.map(({ id }) => id.slice(0, 8)).sort()].join("+"),
  };
}

/** The periods before the one that holds `now`, oldest first, each with what it opened and closed with. */
export function pastPeriods(facts: LimitFacts, now: number): PeriodRecord[] {
  const { budget, timeZone, days } = facts;
  const at = (ms: number) => periodAt(ms, budget.period, budget.calendar, timeZone);
  const current = at(now).start;
  const records: PeriodRecord[] = [];
  let carried = NOTHING;
  for (let span = at(firstInstant(budget, now)); span.start < current; span = at(span.end)) {
    const within = days.filter(({ day }) => day >= span.start && day < span.end);
    const spent = sumAmounts(within.map((each) => each.spent));
    const limit = (limitOfPeriod(facts, span) + carried) as Amount;
    const closing = (limit - spent) as Amount;
    records.push({
      ...span,
      opening: carried,
      limit,
      spent,
      unpricedCalls: within.reduce((sum, each) => sum + each.unpricedCalls, 0),
      closing,
    });
    carried = unspentOf(budget, closing);
  }
  return records;
}

function carriedInto(facts: LimitFacts, now: number): Amount {
  if (facts.budget.rollover === "none") return NOTHING;
  const last = pastPeriods(facts, now).at(-1);
  return last === undefined ? NOTHING : unspentOf(facts.budget, last.closing);
}

function unspentOf({ rollover, rolloverCap }: Budget, closing: Amount): Amount {
  if (rollover === "none" || closing <= 0n) return NOTHING;
  return rolloverCap !== null && closing > rolloverCap ? rolloverCap : closing;
}

/** What held at the period's end, with the increases that were in force in it. */
function limitOfPeriod({ budget, increases, pastLimits }: LimitFacts, span: Span): Amount {
  const known = pastLimits.filter(({ since }) => since < span.end).at(-1) ?? pastLimits[0];
  const during = increases.filter(
    ({ startsAt, endsAt }) => startsAt < span.end && endsAt >= span.end,
  );
  return sumAmounts([known?.limit ?? budget.limit, ...during.map(({ amount }) => amount)]);
}

function firstInstant({ startsAt }: Budget, now: number): number {
  return Math.max(startsAt, now - LOOKBACK_DAYS * DAY_MS);
}
