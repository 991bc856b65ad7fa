import { multiplyFraction, subtractUsd, sumUsd, type Usd } from "#lib/money/money.ts";

/** Calls of one agent or workflow that one model answered in a span of time. */
export type ModelUse = {
  /** The model that answered. */
  readonly model: string;
  /** The model asked for; null where it is not said apart. */
  readonly requestModel: string | null;
  readonly calls: number;
  readonly cost: Usd;
};

/** Another model answers than before. */
export type ModelChange = {
  readonly from: string;
  readonly to: string;
  /** The new model's share of calls now, 0 to 1. */
  readonly share: number;
  /** Whether the same models are asked for as before: nobody here decided it. */
  readonly isSilent: boolean;
  /** What the new model's calls cost more than at the old one's cost for each call; below zero: less. */
  readonly extraCost: Usd;
};

export type ChangeLimits = {
  readonly calls: number;
  /** The new model had at most this share before… */
  readonly shareBefore: number;
  /** …and has at least this share now. */
  readonly shareNow: number;
};

export const USUAL_CHANGE: ChangeLimits = { calls: 20, shareBefore: 0.05, shareNow: 0.3 };

/**
 * Finds that an agent's calls are answered by a model that hardly answered
 * before: an alias that moved on, a gateway's fallback, a changed default.
 *
 * @returns null when the models are those of before, or there are too few calls.
 */
export function findModelChange(
  before: readonly ModelUse[],
  now: readonly ModelUse[],
  limits: ChangeLimits = USUAL_CHANGE,
): ModelChange | null {
  if (callsOf(before) < limits.calls || callsOf(now) < limits.calls) return null;
  const from = mostUsed(before);
  const to = mostUsed(now.filter(({ model }) => shareOf(before, model) <= limits.shareBefore));
  if (from === null || to === null) return null;
  const share = shareOf(now, to);
  if (share < limits.shareNow) return null;
  return {
    from,
    to,
    share,
    isSilent: isSubset(askedFor(now), askedFor(before)),
    extraCost: extraCost(usesOf(before, from), usesOf(now, to)),
  };
}

function extraCost(old: readonly ModelUse[], fresh: readonly ModelUse[]): Usd {
  const atOldCost = multiplyFraction(costOf(old), BigInt(callsOf(fresh)), BigInt(callsOf(old)));
  return subtractUsd(costOf(fresh), atOldCost);
}

function mostUsed(uses: readonly ModelUse[]): string | null {
  const models = [...new Set(uses.map(({ model }) => model))];
  const byCalls = models.toSorted((a, b) => callsOf(usesOf(uses, b)) - callsOf(usesOf(uses, a)));
  return byCalls[0] ?? null;
}

/** Without a word about what was asked for, what answered is what was asked for. */
function askedFor(uses: readonly ModelUse[]): Set<string> {
  return new Set(uses.map(({ requestModel, model }) => requestModel ?? model));
}

function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((name) => all.has(name));
}

function usesOf(uses: readonly ModelUse[], model: string): ModelUse[] {
  return uses.filter((use) => use.model === model && use.calls > 0);
}

function shareOf(uses: readonly ModelUse[], model: string): number {
  return callsOf(usesOf(uses, model)) / callsOf(uses);
}

function callsOf(uses: readonly ModelUse[]): number {
  return uses.reduce((total, { calls }) => total + calls, 0);
}

function costOf(uses: readonly ModelUse[]): Usd {
  return sumUsd(uses.map(({ cost }) => cost));
}
