import { z } from "zod";
import { ADJUSTMENT_REASONS } from "#lib/close/adjustment-reason.ts";
import type { Adjustment } from "#lib/close/adjustment-store.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const ReverseInput = z.strictObject({
  month: Month.optional().meta({ description: "An open month; the entry's own when left out" }),
  note: z.string().trim().min(1).max(500),
});

export const JournalBody = z.strictObject({
  currency: z.literal(CURRENCY),
  rows: z.array(
    z.strictObject({
      id: z.uuid(),
      booking: z.uuid().meta({ description: "The same for both sides of a move" }),
      month: Month,
      about_month: Month.nullable().meta({ description: "The closed month that it is about" }),
      reason: z.enum(ADJUSTMENT_REASONS),
      team: z.string(),
      cost_center: z.string().nullable(),
      line: z.enum(LINE_KINDS),
      provider: z.string().nullable(),
      model: z.string().nullable(),
      charge: z.string().nullable(),
      shared_cost: z.string().nullable(),
      note: z.string(),
      reference: z.string(),
      reverses: z.uuid().nullable(),
      reversed_by: z.uuid().nullable(),
      list_cost: Amount,
      contracted_cost: Amount,
      effective_cost: Amount,
      billed_cost: Amount,
      created_at: Instant,
      created_by: z.string(),
    }),
  ),
});

export function journalBody(entries: readonly Adjustment[]): z.input<typeof JournalBody> {
  return {
    currency: CURRENCY,
    rows: entries.map((entry) => {
      const { subject } = entry;
      return {
        ...{ id: entry.id, booking: entry.booking, month: entry.month },
        ...{ about_month: entry.sourceMonth, reason: entry.reason },
        ...{ team: subject.team, cost_center: subject.costCenter, line: subject.kind },
        ...{ provider: subject.provider, model: subject.model },
        ...{ charge: subject.chargeName, shared_cost: subject.poolName },
        ...{ note: entry.note, reference: entry.reference },
        ...{ reverses: entry.reverses, reversed_by: entry.reversedBy },
        list_cost: toDecimal(subject.costs.list),
        contracted_cost: toDecimal(subject.costs.contracted),
        effective_cost: toDecimal(subject.costs.effective),
        billed_cost: toDecimal(subject.costs.billed),
        ...{ created_at: iso(entry.createdAt), created_by: entry.createdBy },
      };
    }),
  };
}
