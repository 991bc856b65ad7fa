import { z } from "zod";
import { listJournal } from "#lib/close/journal.ts";
import { JOURNAL_COLUMNS } from "#lib/close/journal-columns.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { exportKind } from "../export-kind.ts";

export const JournalParameters = z.strictObject({ month: Month.optional() });

export const adjustments = exportKind({
  summary: "The journal of adjustments, newest first",
  parameters: JournalParameters,
  read: async ({ sql, viewer, now }, { month }, sink) => {
    const entries = await listJournal(sql, viewer, month);
    const total = sumOfLines(entries.map(({ subject }) => subject));
    const add = await sink({
      name: `outlay-journal${month === undefined ? "" : `-${month}`}`,
      ...{ columns: JOURNAL_COLUMNS, asOf: now, rowCount: entries.length },
      ...{ total: toDecimal(total.effective), currency: CURRENCY },
    });
    await add(entries);
  },
});
