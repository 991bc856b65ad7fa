import { z } from "zod";
import { GL_COSTS, ofCents } from "#lib/close/gl-journal.ts";
import { glJournalColumns } from "#lib/close/gl-journal-columns.ts";
import { readGlJournal, requireCodes } from "#lib/close/read-gl-journal.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { exportKind } from "../export-kind.ts";

export const GlJournalParameters = z.strictObject({
  month: Month,
  cost: z.enum(GL_COSTS).default("effective"),
});

export const glJournal = exportKind({
  summary: "A month as a journal for the general ledger, balanced to the cent",
  parameters: GlJournalParameters,
  read: async ({ sql, viewer }, { month, cost }, sink) => {
    const found = await readGlJournal(sql, viewer, { month, cost });
    requireCodes(found);
    const { postings, asOf } = found;
    const add = await sink({
      name: `outlay-gl-journal-${month}`,
      columns: glJournalColumns(found.month, postings),
      ...{ asOf, rowCount: postings.length, currency: CURRENCY },
      ...{ total: toDecimal(ofCents(found.debit)), unpricedCalls: Number(found.unpricedCalls) },
    });
    await add(postings);
  },
});
