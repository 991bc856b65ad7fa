import { z } from "zod";
import type { CloseableMonth } from "#lib/close/list-months.ts";
import type { StatementLine } from "#lib/close/statement-line.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const CloseInput = z.strictObject({ month: Month });
export const ReopenInput = z.strictObject({ reason: z.string().trim().min(1).max(500) });

const Totals = z.strictObject({
  currency: z.string(),
  lines: z.int(),
  list_cost: Amount,
  contracted_cost: Amount,
  effective_cost: Amount,
  billed_cost: Amount,
  tokens: z.string(),
  unpriced_calls: z.string(),
});

export const ClosedMonthBody = z.strictObject({
  month: Month,
  state: z.enum(["closed", "reopened", "open", "running"]),
  closed_at: Instant.nullable(),
  closed_by: z.string().nullable(),
  hash: z.string().nullable().meta({ description: "SHA-256 of the closed lines" }),
  totals: Totals.nullable(),
  reopened_at: Instant.nullable(),
  reopened_by: z.string().nullable(),
  reopened_reason: z.string().nullable(),
  usage_cost: Amount,
  unallocated_cost: Amount,
  unpriced_calls: z.int().min(0),
  booked_later: Amount.meta({ description: "Adjustments about it that stand in later months" }),
});

export const ClosedMonthsBody = z.strictObject({ rows: z.array(ClosedMonthBody) });

export const ClosedLinesBody = z.strictObject({
  ...ClosedMonthBody.shape,
  rows: z.array(
    z.strictObject({
      team: z.string(),
      cost_center: z.string().nullable(),
      line: z.enum(LINE_KINDS),
      provider: z.string().nullable(),
      model: z.string().nullable(),
      charge: z.string().nullable(),
      shared_cost: z.string().nullable(),
      list_cost: Amount,
      contracted_cost: Amount,
      effective_cost: Amount,
      billed_cost: Amount,
      tokens: z.string(),
      unpriced_calls: z.string(),
    }),
  ),
});

export function closedMonthBody(found: CloseableMonth): z.input<typeof ClosedMonthBody> {
  return {
    month: found.month,
    state: found.state,
    closed_at: found.closedAt === null ? null : iso(found.closedAt),
    closed_by: found.closedBy,
    hash: found.hash,
    totals: found.totals,
    reopened_at: found.reopened === null ? null : iso(found.reopened.at),
    reopened_by: found.reopened?.by ?? null,
    reopened_reason: found.reopened?.reason ?? null,
    usage_cost: toDecimal(found.usage),
    unallocated_cost: toDecimal(found.unallocated),
    unpriced_calls: found.unpricedCalls,
    booked_later: toDecimal(found.bookedLater),
  };
}

export function closedLineBody(line: StatementLine) {
  return {
    ...{ team: line.team, cost_center: line.costCenter, line: line.kind },
    ...{ provider: line.provider, model: line.model },
    ...{ charge: line.chargeName, shared_cost: line.poolName },
    list_cost: toDecimal(line.costs.list),
    contracted_cost: toDecimal(line.costs.contracted),
    effective_cost: toDecimal(line.costs.effective),
    billed_cost: toDecimal(line.costs.billed),
    ...{ tokens: String(line.tokens), unpriced_calls: String(line.unpricedCalls) },
  };
}
