import { z } from "zod";
import { listProjects, type Project } from "#lib/organization/projects.ts";
import { type Column, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<Project>[] = [
  text("id", ({ id }) => id),
  text("name", ({ name }) => name),
  text("team", ({ team }) => team),
  time("created_at", ({ createdAt }) => createdAt),
  time("archived_at", ({ archivedAt }) => archivedAt),
];

export const projects = listKind({
  summary: "Projects and the teams that get their spend; for admins and finance",
  name: "projects",
  parameters: z.strictObject({}),
  columns: COLUMNS,
  rows: ({ sql, viewer }) => listProjects(sql, viewer),
});
