import { addCosts, type Costs, hasCosts, NO_COSTS, subtractCosts } from "#lib/cost-model/costs.ts";
import { type LineSubject, type StatementLine, subjectKey } from "./statement-line.ts";

/** Why a closed month would come out otherwise today. */
export const LATE_REASONS = [
  "late_data",
  "repriced",
  "reallocated",
  "cost_model",
  "reopened",
] as const;
export type LateReason = (typeof LATE_REASONS)[number];

export type LateChange = LineSubject & { readonly costs: Costs; readonly reason: LateReason };

/**
 * What has to be booked so that the closed lines and all adjustments together
 * are what the ledger says now; nothing when they are already.
 *
 * @param booked What was booked about this month before.
 */
export function lateChanges(
  closed: readonly StatementLine[],
  now: readonly StatementLine[],
  booked: readonly (LineSubject & { readonly costs: Costs })[],
): LateChange[] {
  const was = new Map(closed.map((line) => [subjectKey(line), line]));
  const is = new Map(now.map((line) => [subjectKey(line), line]));
  const done = new Map<string, LineSubject & { readonly costs: Costs }>();
  for (const line of booked) {
    const key = subjectKey(line);
    done.set(key, { ...line, costs: addCosts(done.get(key)?.costs ?? NO_COSTS, line.costs) });
  }
  const arrived = arrivedByModel(was, is);
  return [...new Set([...was.keys(), ...is.keys(), ...done.keys()])].toSorted().flatMap((key) => {
    const [before, after, told] = [was.get(key), is.get(key), done.get(key)];
    const subject = after ?? before ?? told;
    const change = subtractCosts(after?.costs ?? NO_COSTS, before?.costs ?? NO_COSTS);
    const costs = subtractCosts(change, told?.costs ?? NO_COSTS);
    if (subject === undefined || !hasCosts(costs)) return [];
    const tokens = (after?.tokens ?? 0n) - (before?.tokens ?? 0n);
    return [{ ...subjectOf(subject), costs, reason: reasonOf(subject, tokens, arrived) }];
  });
}

/** Takes back all that was booked about a month, because it is open again. */
export function takenBack(
  booked: readonly (LineSubject & { readonly costs: Costs })[],
): LateChange[] {
  return lateChanges([], [], booked).map((change) => ({ ...change, reason: "reopened" }));
}

/** Tokens that came to a model, over all teams: none where they only changed teams. */
function arrivedByModel(
  was: ReadonlyMap<string, StatementLine>,
  is: ReadonlyMap<string, StatementLine>,
): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (line: StatementLine, sign: bigint) => {
    const key = modelKey(line);
    sums.set(key, (sums.get(key) ?? 0n) + sign * line.tokens);
  };
  for (const line of was.values()) add(line, -1n);
  for (const line of is.values()) add(line, 1n);
  return sums;
}

function reasonOf(
  subject: LineSubject,
  tokens: bigint,
  arrived: ReadonlyMap<string, bigint>,
): LateReason {
  if (subject.kind !== "usage" && subject.kind !== "covered") return "cost_model";
  if (tokens === 0n) return "repriced";
  return arrived.get(modelKey(subject)) === 0n ? "reallocated" : "late_data";
}

function modelKey({ provider, model }: LineSubject): string {
  return JSON.stringify([provider, model]);
}

function subjectOf({
  team,
  costCenter,
  kind,
  provider,
  model,
  chargeId,
  chargeName,
  poolId,
  poolName,
}: LineSubject): LineSubject {
  return { team, costCenter, kind, provider, model, chargeId, chargeName, poolId, poolName };
}
