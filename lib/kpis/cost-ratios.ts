import type { StatementLine } from "#lib/close/statement-line.ts";
import { STATEMENT_PARTS } from "#lib/close/statement-rows.ts";
import type { LineKind } from "#lib/cost-model/team-lines.ts";
import { sumUsd, type Usd } from "#lib/money/money.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { type Ratio, ratio } from "./kpi.ts";

type Line = Pick<StatementLine, "team" | "kind" | "costs">;

const USAGE: readonly LineKind[] = STATEMENT_PARTS.usage;
const PAID: readonly LineKind[] = [...STATEMENT_PARTS.usage, ...STATEMENT_PARTS.fixed];

/** Effective cost with an owner ÷ all effective cost. */
export function allocationCoverage(lines: readonly Line[]): Ratio | null {
  const owned = lines.filter(({ team }) => team !== UNALLOCATED);
  return ratio(effectiveOf(owned), effectiveOf(lines));
}

/**
 * What usage costs, with the seats, commitments and credits that pay for it,
 * ÷ the same usage at list prices. Under 1: discounts, batches, plans that pay.
 */
export function realisedPriceIndex(lines: readonly Line[]): Ratio | null {
  const paid = lines.filter(({ kind }) => PAID.includes(kind));
  const used = lines.filter(({ kind }) => USAGE.includes(kind));
  return ratio(effectiveOf(paid), sumUsd(used.map(({ costs }) => costs.list)));
}

function effectiveOf(lines: readonly Line[]): Usd {
  return sumUsd(lines.map(({ costs }) => costs.effective));
}
