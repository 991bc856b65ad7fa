import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, text } from "#lib/tables/column.ts";
import { dayText } from "#lib/time/civil-day.ts";
import type { GlPosting } from "./gl-journal.ts";
import type { Month } from "./month.ts";

/** A journal as accounting systems read it: a row a posting, dated the last day of the month. */
export function glJournalColumns(
  month: Month,
  postings: readonly GlPosting[],
): readonly Column<GlPosting>[] {
  const date = dayText(month.end - 1);
  const lines = new Map(postings.map((posting, index) => [posting, index + 1]));
  return [
    text("date", () => date),
    text("journal", () => `outlay-${month.name}`),
    count("line", (posting) => lines.get(posting)),
    text("account", ({ account }) => account),
    text("project", ({ project }) => project),
    text("cost_center", ({ costCenter }) => costCenter),
    text("team", ({ team }) => team),
    text("description", ({ team }) => `AI cost ${month.name}${team === null ? "" : ` ${team}`}`),
    amount("debit", ({ cents }) => (cents > 0n ? withCents(cents) : null)),
    amount("credit", ({ cents }) => (cents < 0n ? withCents(-cents) : null)),
    text("currency", () => CURRENCY),
  ];
}

/** With both decimals, as ledgers print and read amounts. */
function withCents(cents: bigint): string {
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}
