import { ofCents } from "#lib/close/gl-journal.ts";
import { glJournalCsv } from "#lib/close/gl-journal-csv.ts";
import { readGlJournal, requireCodes } from "#lib/close/read-gl-journal.ts";
import { toDecimal } from "#lib/money/money.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { csvAnswer } from "../_lib/csv-answer.ts";
import { GlJournalCsvParameters } from "../_lib/gl-journal.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/gl-journal.csv", {
  GET: async ({ url, viewer, sql }) => {
    const { month, cost, flavor } = parseQuery(GlJournalCsvParameters, url.searchParams);
    const found = await readGlJournal(sql, viewer, { month, cost });
    requireCodes(found);
    return csvAnswer(glJournalCsv(found.month, found.postings, flavor), {
      name: `outlay-gl-journal-${month}`,
      flavor,
      asOf: found.asOf,
      rows: found.postings.length,
      total: toDecimal(ofCents(found.debit)),
    });
  },
});
