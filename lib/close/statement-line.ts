import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import type { LineKind } from "#lib/cost-model/team-lines.ts";

/** What a line of a team's month is about. */
export type LineSubject = {
  readonly team: string;
  readonly costCenter: string | null;
  readonly kind: LineKind;
  /** Of usage, and of adjustments of it. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly chargeId: string | null;
  readonly chargeName: string | null;
  readonly poolId: string | null;
  readonly poolName: string | null;
};

/** One amount of a team's month, as it is closed. */
export type StatementLine = LineSubject & {
  readonly costs: Costs;
  readonly tokens: bigint;
  /** With any, the cost is a lower bound. */
  readonly unpricedCalls: bigint;
};

/** The lines with one line for each subject, in an order that depends on nothing but them. */
export function mergedLines(lines: readonly StatementLine[]): StatementLine[] {
  const sums = new Map<string, StatementLine>();
  for (const line of lines) {
    const key = subjectKey(line);
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? line : addedLines(sum, line));
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, line]) => line);
}

function addedLines(sum: StatementLine, line: StatementLine): StatementLine {
  return {
    ...sum,
    costs: addCosts(sum.costs, line.costs),
    tokens: sum.tokens + line.tokens,
    unpricedCalls: sum.unpricedCalls + line.unpricedCalls,
  };
}

/** Equal for lines of the same subject. Names may change and are no part of it. */
export function subjectKey(line: LineSubject): string {
  const { team, costCenter, kind, provider, model, chargeId, poolId } = line;
  return JSON.stringify([team, costCenter, kind, provider, model, chargeId, poolId]);
}

export function sumOfLines(lines: readonly Pick<StatementLine, "costs">[]): Costs {
  return lines.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
}
