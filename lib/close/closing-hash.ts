import { createHash } from "node:crypto";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type StatementLine, sumOfLines } from "./statement-line.ts";

/** The sums of a closed month; amounts are exact decimals, counts are whole numbers in text. */
export type ClosingTotals = {
  readonly currency: string;
  readonly lines: number;
  readonly list_cost: string;
  readonly contracted_cost: string;
  readonly effective_cost: string;
  readonly billed_cost: string;
  readonly tokens: string;
  readonly unpriced_calls: string;
};

export function closingTotals(lines: readonly StatementLine[]): ClosingTotals {
  const sum = sumOfLines(lines);
  return {
    currency: CURRENCY,
    lines: lines.length,
    list_cost: toDecimal(sum.list),
    contracted_cost: toDecimal(sum.contracted),
    effective_cost: toDecimal(sum.effective),
    billed_cost: toDecimal(sum.billed),
    tokens: String(lines.reduce((all, { tokens }) => all + tokens, 0n)),
    unpriced_calls: String(lines.reduce((all, { unpricedCalls }) => all + unpricedCalls, 0n)),
  };
}

/**
 * SHA-256 in hexadecimal over the month, the currency and every line in its
 * order, as one JSON array of texts: the same figures have the same hash, and
 * other figures another one. docs/close.md says how to recompute it.
 */
export function closingHash(month: string, lines: readonly StatementLine[]): string {
  const canonical = JSON.stringify([month, CURRENCY, ...lines.map(cellsOf)]);
  return createHash("sha256").update(canonical, "utf8").digest("hex");
}

function cellsOf(line: StatementLine): readonly (string | null)[] {
  return [
    ...[line.team, line.costCenter, line.kind, line.provider, line.model],
    ...[line.chargeId, line.chargeName, line.poolId, line.poolName],
    toDecimal(line.costs.list),
    toDecimal(line.costs.contracted),
    toDecimal(line.costs.effective),
    toDecimal(line.costs.billed),
    String(line.tokens),
    String(line.unpricedCalls),
  ];
}
