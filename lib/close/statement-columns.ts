import { type Column, count, text } from "#lib/tables/column.ts";
import { costColumns } from "#lib/tables/cost-columns.ts";
import type { StatementLine } from "./statement-line.ts";
import type { DatedLine } from "./statements.ts";

/** What a line of a month is of. */
export const LINE_COLUMNS: readonly Column<StatementLine>[] = [
  text("team", ({ team }) => team),
  text("cost_center", ({ costCenter }) => costCenter),
  text("line", ({ kind }) => kind),
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("charge", ({ chargeName }) => chargeName),
  text("shared_cost", ({ poolName }) => poolName),
];

/** How much a line is of. */
export const LINE_COUNTS: readonly Column<StatementLine>[] = [
  count("tokens", ({ tokens }) => tokens),
  count("unpriced_calls", ({ unpricedCalls }) => unpricedCalls),
];

/** Statements of months as a file: one row for each line. */
export const STATEMENT_COLUMNS: readonly Column<DatedLine>[] = [
  text("month", ({ month }) => month),
  text("state", ({ isClosed }) => (isClosed ? "closed" : "open")),
  ...LINE_COLUMNS,
  ...LINE_COUNTS,
  ...costColumns<DatedLine>(({ costs }) => costs),
];
