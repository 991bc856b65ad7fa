import { z } from "zod";
import { listTeams, type Team } from "#lib/organization/teams.ts";
import { type Column, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<Team>[] = [
  text("slug", ({ slug }) => slug),
  text("name", ({ name }) => name),
  text("parent", ({ parent }) => parent),
  text("cost_center", ({ costCenter }) => costCenter),
  text("owners", ({ owners }) => owners.join(" ")),
  time("created_at", ({ createdAt }) => createdAt),
  time("archived_at", ({ archivedAt }) => archivedAt),
  text("merged_into", ({ merged }) => merged?.into),
  time("merged_at", ({ merged }) => merged?.from),
];

export const teams = listKind({
  summary: "Teams with their place in the tree, cost center and owners",
  name: "teams",
  parameters: z.strictObject({}),
  columns: COLUMNS,
  rows: ({ sql, viewer }) => listTeams(sql, viewer),
});
