import { z } from "zod";
import { seesTeam } from "#lib/cost-book/seen-by.ts";
import { type RecordedModel, readTeamModels } from "#lib/cost-book/team-model-store.ts";
import { type Column, count, json, text } from "#lib/tables/column.ts";
import { BELIEVED_COLUMNS, dayColumn, HISTORY } from "../believed-columns.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<RecordedModel>[] = [
  text("id", ({ id }) => id),
  text("team", ({ team }) => team),
  dayColumn("effective_from", ({ effectiveFrom }) => effectiveFrom),
  text("markup", ({ markup }) => `${markup.num}/${markup.den}`),
  json("funding", ({ funding }) => funding),
  count("headcount", ({ headcount }) => headcount),
  text("note", ({ note }) => note),
  ...BELIEVED_COLUMNS,
];

export const costModels = listKind({
  summary: "Markup, funding and people of each team; empty team: of all without their own",
  name: "cost-models",
  parameters: z.strictObject({ ...HISTORY, team: z.string().max(120).optional() }),
  columns: COLUMNS,
  rows: async ({ sql, viewer }, { history, team }) =>
    (await readTeamModels(sql, history === "true" ? "all" : "believed"))
      .filter((model) => seesTeam(viewer, model.team))
      .filter((model) => team === undefined || model.team === team),
});
