import { CURRENCY, sumUsd, type Usd } from "#lib/money/money.ts";
import { amount, type Column, count, text } from "#lib/tables/column.ts";
import type { ComparedRow, Comparison } from "./comparison.ts";
import { gapOf } from "./gap-share.ts";

/** How a comparison can be told apart; "reason" is of the gap alone. */
export const COMPARED_BY = ["provider", "model", "class", "day", "reason"] as const;
export type ComparedBy = (typeof COMPARED_BY)[number];

const ROWS = { provider: "byProvider", model: "byModel", class: "byClass", day: "byDay" } as const;

/** One line of a comparison as a file has it; both sides are null of a reason. */
export type ComparisonLine = {
  readonly provider: string | null;
  readonly value: string | null;
  readonly sides: ComparedRow | null;
  readonly gap: Usd;
};

/** The lines behind one table of the page. */
export function comparisonLines(found: Comparison, by: ComparedBy): readonly ComparisonLine[] {
  if (by === "reason") {
    return found.reasons.map(({ reason, amount: gap }) => ({
      ...{ provider: null, value: reason, sides: null, gap },
    }));
  }
  return found[ROWS[by]].map((row) => ({
    ...{ provider: row.provider, value: row.value, sides: row, gap: gapOf(row) },
  }));
}

export const gapOfLines = (lines: readonly ComparisonLine[]): Usd =>
  sumUsd(lines.map(({ gap }) => gap));

export function comparisonColumns(by: ComparedBy): readonly Column<ComparisonLine>[] {
  const gap = amount<ComparisonLine>("gap", (line) => line.gap);
  const currency = text<ComparisonLine>("currency", () => CURRENCY);
  if (by === "reason") return [text("reason", ({ value }) => value), gap, currency];
  return [
    text("provider", ({ provider }) => provider),
    ...(by === "provider" ? [] : [text<ComparisonLine>(by, ({ value }) => value)]),
    count("invoiced_tokens", ({ sides }) => sides?.invoicedTokens),
    count("tokens", ({ sides }) => sides?.tokens),
    amount("invoiced", ({ sides }) => sides?.invoiced),
    amount("ours", ({ sides }) => sides?.ours),
    ...[gap, currency],
  ];
}
