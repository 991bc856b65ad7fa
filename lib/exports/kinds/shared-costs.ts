import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import { type RecordedPool, readPools } from "#lib/cost-book/pool-store.ts";
import { type Column, json, text } from "#lib/tables/column.ts";
import { BELIEVED_COLUMNS, dayColumn, HISTORY } from "../believed-columns.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<RecordedPool>[] = [
  text("id", ({ id }) => id),
  text("name", ({ name }) => name),
  text("method", ({ method }) => method),
  text("source_team", ({ sourceTeam }) => sourceTeam),
  text("teams", ({ teams }) => teams?.join(" ")),
  json("weights", ({ weights }) => weights),
  dayColumn("effective_from", ({ effectiveFrom }) => effectiveFrom),
  dayColumn("effective_to", ({ effectiveTo }) => effectiveTo),
  ...BELIEVED_COLUMNS,
];

export const sharedCosts = listKind({
  summary: "What several teams bear together, and how it is split; for admins and finance",
  name: "shared-costs",
  parameters: z.strictObject(HISTORY),
  columns: COLUMNS,
  rows: async ({ sql, viewer }, { history }) => {
    requireFinance(viewer);
    return readPools(sql, history === "true" ? "all" : "believed");
  },
});
