import { z } from "zod";
import { ofCents } from "#lib/close/gl-journal.ts";
import type { MonthJournal } from "#lib/close/read-gl-journal.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const GlJournalBody = z.strictObject({
  month: Month,
  closed: z.boolean(),
  date: z.iso.date(),
  currency: z.literal(CURRENCY),
  as_of: Instant,
  rows: z.array(
    z.strictObject({
      account: z.string(),
      project: z.string().nullable(),
      cost_center: z.string().nullable(),
      team: z.string().nullable().meta({ description: "Null: the other side" }),
      debit: Amount,
      credit: Amount,
    }),
  ),
  total: z.strictObject({ debit: Amount, credit: Amount }),
  unpriced_calls: z.int().min(0),
});

export function glJournalBody(found: MonthJournal): z.input<typeof GlJournalBody> {
  const total = toDecimal(ofCents(found.debit));
  return {
    month: found.month.name,
    closed: found.closing !== null,
    date: dayText(found.month.end - 1),
    currency: CURRENCY,
    as_of: iso(found.asOf),
    rows: found.postings.map(({ account, project, costCenter, team, cents }) => ({
      ...{ account, project, cost_center: costCenter, team },
      debit: toDecimal(ofCents(cents > 0n ? cents : 0n)),
      credit: toDecimal(ofCents(cents < 0n ? -cents : 0n)),
    })),
    total: { debit: total, credit: total },
    unpriced_calls: Number(found.unpricedCalls),
  };
}
