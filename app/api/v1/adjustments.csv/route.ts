import { listJournal } from "#lib/close/journal.ts";
import { journalCsv } from "#lib/close/journal-csv.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import { toDecimal } from "#lib/money/money.ts";
import { JournalCsvParameters } from "../_lib/adjustments.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { csvAnswer } from "../_lib/csv-answer.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/adjustments.csv", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const { month, flavor } = parseQuery(JournalCsvParameters, url.searchParams);
    const entries = await listJournal(sql, viewer, month);
    const total = sumOfLines(entries.map(({ subject }) => subject));
    return csvAnswer(journalCsv(entries, flavor), {
      name: `outlay-journal${month === undefined ? "" : `-${month}`}`,
      flavor,
      asOf: new Date(nowMs),
      rows: entries.length,
      total: toDecimal(total.effective),
    });
  },
});
