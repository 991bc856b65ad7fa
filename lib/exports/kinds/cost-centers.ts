import { z } from "zod";
import { type CostCenter, listCostCenters } from "#lib/organization/cost-centers.ts";
import { dateIn } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type Column, count, text } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<CostCenter>[] = [
  text("code", ({ code }) => code),
  text("name", ({ name }) => name),
  text("owner", ({ owner }) => owner),
  text("teams", ({ teams }) => teams.join(" ")),
  count("people", ({ people }) => people),
];

export const costCenters = listKind({
  summary: "Cost centers with their teams; for admins and finance",
  name: "cost-centers",
  parameters: z.strictObject({}),
  columns: COLUMNS,
  rows: async ({ sql, viewer, now }) =>
    listCostCenters(sql, viewer, dateIn(now, await organizationZone(sql))),
});
