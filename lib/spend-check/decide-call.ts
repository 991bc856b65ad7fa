import type { Amount } from "#lib/budgets/amount.ts";
import type { CallDimensions } from "#lib/budgets/scope.ts";
import type { CallEstimate } from "./estimate-call.ts";
import { amountFor, type Standing } from "./standing.ts";

export type Decision = "allow" | "deny" | "allow_cheaper" | "defer";

/** A budget with what the call would take from it. */
export type Weighed = {
  readonly standing: Standing;
  /** Null: not decided by this budget, for no exchange rate is known. */
  readonly amount: Amount | null;
  readonly held: Amount;
  /** What is neither spent nor held of the tightest bound, in millionths of its limit. */
  readonly shareLeft: number;
  /** What is in the way; null where the call fits. */
  readonly blockedBy: "period" | "pacing" | "reservations" | "unshared" | null;
};

export type Verdict = {
  readonly decision: Decision;
  readonly weighed: readonly Weighed[];
  /** The budget that decided: the one most in the way, else the one with the least left. */
  readonly decisive: Weighed | null;
  /** When asking again may help; null where only a new period or limit does. */
  readonly retryAt: number | null;
  readonly cheaper: readonly CallEstimate[];
};

export type Question = {
  readonly call: CallDimensions;
  readonly estimate: CallEstimate;
  /** The same call on other models. */
  readonly alternatives: () => readonly CallEstimate[];
  readonly standings: readonly Standing[];
  readonly held: (budgetId: string) => Amount;
  /** How much of what is held the other processes do not know of. */
  readonly unshared: (budgetId: string) => Amount;
  readonly nextExpiry: (budgetId: string) => number | null;
  /** Processes that grant, this one included. */
  readonly processes: number;
  readonly willReserve: boolean;
  readonly now: number;
};

const MOST_ALTERNATIVES = 3;
/** Until when what is granted here is known everywhere. */
const SHARED_AFTER_MS = 500;

/** Weighs a call against every budget that covers it. */
export function decideCall(question: Question): Verdict {
  const { standings, call, estimate, now } = question;
  const covering = standings.filter(({ covers }) => covers(call));
  const weighed = covering.map((standing) => weigh(standing, estimate, question));
  const blocked = weighed.filter(({ blockedBy }) => blockedBy !== null);
  const first = firstBy(blocked, (a, b) => gravity(a) - gravity(b) || byShareLeft(a, b));
  if (first === null) {
    const decisive = firstBy(weighed, byShareLeft);
    return { decision: "allow", weighed, decisive, retryAt: null, cheaper: [] };
  }
  const base = { weighed, decisive: first };
  if (first.blockedBy === "unshared") {
    return { ...base, decision: "defer", retryAt: now + SHARED_AFTER_MS, cheaper: [] };
  }
  const cheaper = question
    .alternatives()
    .filter(({ cost }) => cost < estimate.cost)
    .filter((other) =>
      covering.every((standing) => weigh(standing, other, question).blockedBy === null),
    )
    .toSorted((a, b) => (a.cost < b.cost ? 1 : -1))
    .slice(0, MOST_ALTERNATIVES);
  const retryAt = retryOf(blocked, question);
  if (cheaper.length > 0) return { ...base, decision: "allow_cheaper", retryAt, cheaper };
  return { ...base, decision: retryAt === null ? "deny" : "defer", retryAt, cheaper };
}

/** What is hardest to get past comes first. */
const GRAVITY = { period: 0, pacing: 1, reservations: 2, unshared: 3 } as const;

function gravity({ blockedBy }: Weighed): number {
  return GRAVITY[blockedBy ?? "unshared"];
}

function weigh(standing: Standing, estimate: CallEstimate, question: Question): Weighed {
  const { budget, tightest } = standing;
  const held = question.held(budget.id);
  const free = (tightest.left - held) as Amount;
  const amount = amountFor(standing, estimate);
  const shareLeft = tightest.limit === 0n ? 0 : Number((free * 1_000_000n) / tightest.limit);
  return {
    standing,
    amount,
    held,
    shareLeft,
    blockedBy: blockOf(standing, amount, free, question),
  };
}

function blockOf(
  { budget, tightest }: Standing,
  amount: Amount | null,
  free: Amount,
  question: Question,
): Weighed["blockedBy"] {
  // Nothing takes nothing, also from a budget that is used up.
  if (amount === null || amount === 0n) return null;
  if (amount > tightest.left) return tightest.kind;
  if (amount > free) return "reservations";
  return exceedsShare(budget.id, amount, free, question) ? "unshared" : null;
}

/** Of what is free each process grants its part alone, until the others have heard of it. */
function exceedsShare(
  id: string,
  amount: Amount,
  free: Amount,
  { processes, unshared, willReserve }: Question,
): boolean {
  if (processes <= 1 || !willReserve) return false;
  const known = unshared(id);
  return (known + amount) * BigInt(processes) > free + known && known > 0n;
}

/** Null when a limit of the whole period is in the way. */
function retryOf(blocked: readonly Weighed[], { nextExpiry, now }: Question): number | null {
  let latest = now;
  for (const { blockedBy, standing } of blocked) {
    if (blockedBy === "period") return null;
    const at =
      blockedBy === "pacing"
        ? standing.tightest.resetsAt
        : (nextExpiry(standing.budget.id) ?? now + SHARED_AFTER_MS);
    latest = Math.max(latest, at);
  }
  return latest;
}

function byShareLeft(a: Weighed, b: Weighed): number {
  return a.shareLeft - b.shareLeft;
}

/** The earliest of those that come first. */
function firstBy<Item>(items: readonly Item[], order: (a: Item, b: Item) => number): Item | null {
  let first: Item | null = null;
  for (const item of items) if (first === null || order(item, first) < 0) first = item;
  return first;
}
