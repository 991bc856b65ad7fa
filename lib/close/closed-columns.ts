import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, text, time } from "#lib/tables/column.ts";
import { costColumns } from "#lib/tables/cost-columns.ts";
import type { CloseableMonth } from "./list-months.ts";
import { LINE_COLUMNS, LINE_COUNTS } from "./statement-columns.ts";
import type { StatementLine } from "./statement-line.ts";
import type { UsageClassLine } from "./usage-classes.ts";

/** The months as a file: what the ledger says of each, and what it was closed with. */
export const MONTH_COLUMNS: readonly Column<CloseableMonth>[] = [
  text("month", ({ month }) => month),
  text("state", ({ state }) => state),
  amount("usage_cost", ({ usage }) => usage),
  amount("unallocated_cost", ({ unallocated }) => unallocated),
  count("unpriced_calls", ({ unpricedCalls }) => unpricedCalls),
  amount("booked_later", ({ bookedLater }) => bookedLater),
  time("closed_at", ({ closedAt }) => closedAt),
  text("closed_by", ({ closedBy }) => closedBy),
  count("closed_lines", ({ totals }) => totals?.lines),
  amount("closed_list_cost", ({ totals }) => totals?.list_cost),
  amount("closed_contracted_cost", ({ totals }) => totals?.contracted_cost),
  amount("closed_effective_cost", ({ totals }) => totals?.effective_cost),
  amount("closed_billed_cost", ({ totals }) => totals?.billed_cost),
  count("closed_tokens", ({ totals }) => totals?.tokens),
  count("closed_unpriced_calls", ({ totals }) => totals?.unpriced_calls),
  text("hash", ({ hash }) => hash),
  time("reopened_at", ({ reopened }) => reopened?.at),
  text("reopened_by", ({ reopened }) => reopened?.by),
  text("reopened_reason", ({ reopened }) => reopened?.reason),
  text("currency", () => CURRENCY),
];

/** The lines that a month was closed with, in the order that its hash is over. */
export const CLOSED_LINE_COLUMNS: readonly Column<StatementLine>[] = [
  ...LINE_COLUMNS,
  ...costColumns<StatementLine>(({ costs }) => costs),
  ...LINE_COUNTS,
];

/** The usage that a month was closed with. */
export const CLOSED_USAGE_COLUMNS: readonly Column<UsageClassLine>[] = [
  text("team", ({ team }) => team),
  text("cost_center", ({ costCenter }) => costCenter),
  text("line", ({ kind }) => kind),
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("token_class", ({ name }) => name),
  count("tokens", ({ tokens }) => tokens),
  ...costColumns<UsageClassLine>(({ costs }) => costs),
];
