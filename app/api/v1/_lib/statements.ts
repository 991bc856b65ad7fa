import { z } from "zod";
import type { DatedLine } from "#lib/close/statements.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { ClosedLinesBody, closedLineBody } from "./closed-months.ts";
import { Amount, Instant } from "./figures.ts";

export const StatementsBody = z.strictObject({
  from: Instant,
  to: Instant,
  time_zone: z.string(),
  currency: z.literal(CURRENCY),
  as_of: Instant,
  rows: z.array(
    z.strictObject({
      month: z.string(),
      closed: z.boolean().meta({ description: "As it was closed; else as the ledger says now" }),
      ...ClosedLinesBody.shape.rows.element.shape,
    }),
  ),
  total: z.strictObject({
    list_cost: Amount,
    contracted_cost: Amount,
    effective_cost: Amount,
    billed_cost: Amount,
    unpriced_calls: z.int().min(0),
  }),
});

export function statementLineBody(line: DatedLine) {
  return { month: line.month, closed: line.isClosed, ...closedLineBody(line) };
}
