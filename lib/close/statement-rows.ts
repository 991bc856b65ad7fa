import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import type { LineKind } from "#lib/cost-model/team-lines.ts";
import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { StatementOf } from "./read-statement.ts";
import type { DatedLine } from "./statements.ts";

/** What the lines of a statement are summed up as. */
export const STATEMENT_PARTS = {
  usage: ["usage", "covered"],
  fixed: ["charge", "idle", "overage"],
  shared: ["share", "shared_out"],
  markup: ["markup"],
  adjusted: ["adjustment"],
} as const satisfies Readonly<Record<string, readonly LineKind[]>>;
export type StatementPart = keyof typeof STATEMENT_PARTS;

/** One team's or cost center's month in a list. */
export type StatementRow = {
  /** Null: what is of no cost center. */
  readonly value: string | null;
  readonly costs: Costs;
  /** Effective cost by part. */
  readonly parts: Readonly<Record<StatementPart, Usd>>;
  readonly unpricedCalls: bigint;
  /** Effective cost of the month before. */
  readonly before: Usd;
};

/** The statements of a month, dearest first, beside the month before. */
export function statementRows(
  lines: readonly DatedLine[],
  month: string,
  by: StatementOf["kind"],
): readonly StatementRow[] {
  const groupOf = ({ team, costCenter }: DatedLine) => (by === "team" ? team : costCenter);
  return [...Map.groupBy(lines, groupOf)]
    .map(([value, group]) => rowOf(value, group, month))
    .toSorted(byCost);
}

function rowOf(value: string | null, group: readonly DatedLine[], month: string): StatementRow {
  const now = group.filter((line) => line.month === month);
  const effective = (some: readonly DatedLine[]) =>
    some.reduce((sum, { costs }) => addUsd(sum, costs.effective), ZERO_USD);
  const part = (kinds: readonly LineKind[]) =>
    effective(now.filter(({ kind }) => kinds.includes(kind)));
  return {
    value,
    costs: now.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS),
    parts: {
      usage: part(STATEMENT_PARTS.usage),
      fixed: part(STATEMENT_PARTS.fixed),
      shared: part(STATEMENT_PARTS.shared),
      markup: part(STATEMENT_PARTS.markup),
      adjusted: part(STATEMENT_PARTS.adjusted),
    },
    unpricedCalls: now.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0n),
    before: effective(group.filter((line) => line.month !== month)),
  };
}

function byCost(a: StatementRow, b: StatementRow): number {
  if (a.costs.effective !== b.costs.effective) {
    return a.costs.effective > b.costs.effective ? -1 : 1;
  }
  return (a.value ?? "\uffff") < (b.value ?? "\uffff") ? -1 : 1;
}
