import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { type GlPosting, ofCents } from "./gl-journal.ts";
import type { Month } from "./month.ts";

/** A journal as accounting systems read it: a row a posting, dated the last day of the month. */
export function glJournalCsv(
  month: Month,
  postings: readonly GlPosting[],
  flavor: CsvFlavor,
): string {
  const header = csvHeader(
    [
      ...["date", "journal", "line", "account", "project", "cost_center", "team"],
      ...["description", "debit", "credit", "currency"],
    ],
    flavor,
  );
  const date = dayText(month.end - 1);
  const rows = postings.map(({ account, project, costCenter, team, cents }, index) =>
    csvRow(
      [
        { text: date },
        { text: `outlay-${month.name}` },
        { number: index + 1 },
        { text: account },
        { text: project },
        { text: costCenter },
        { text: team },
        { text: `AI cost ${month.name}${team === null ? "" : ` ${team}`}` },
        { number: cents > 0n ? toDecimal(ofCents(cents)) : "" },
        { number: cents < 0n ? toDecimal(ofCents(-cents)) : "" },
        { text: CURRENCY },
      ],
      flavor,
    ),
  );
  return header + rows.join("");
}
