import { type Column, text, time } from "#lib/tables/column.ts";
import { costColumns } from "#lib/tables/cost-columns.ts";
import type { Adjustment } from "./adjustment-store.ts";

/** The journal as a file: one row for each signed entry. */
export const JOURNAL_COLUMNS: readonly Column<Adjustment>[] = [
  text("month", ({ month }) => month),
  text("about_month", ({ sourceMonth }) => sourceMonth),
  text("booking", ({ booking }) => booking),
  text("entry", ({ id }) => id),
  text("reason", ({ reason }) => reason),
  text("team", ({ subject }) => subject.team),
  text("cost_center", ({ subject }) => subject.costCenter),
  text("line", ({ subject }) => subject.kind),
  text("provider", ({ subject }) => subject.provider),
  text("model", ({ subject }) => subject.model),
  text("charge", ({ subject }) => subject.chargeName),
  text("shared_cost", ({ subject }) => subject.poolName),
  text("note", ({ note }) => note),
  text("reference", ({ reference }) => reference),
  text("reverses", ({ reverses }) => reverses),
  ...costColumns<Adjustment>(({ subject }) => subject.costs),
  time("booked_at", ({ createdAt }) => createdAt),
  text("booked_by", ({ createdBy }) => createdBy),
];
