import { z } from "zod";
import { listRules, listRuleVersions, type RuleVersion } from "#lib/organization/rules.ts";
import { type Column, count, json, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const MOST_VERSIONS = 100_000;

const COLUMNS: readonly Column<RuleVersion>[] = [
  count("position", ({ position }) => position),
  text("rule", ({ lineage }) => lineage),
  text("version", ({ id }) => id),
  text("name", ({ name }) => name),
  json("conditions", ({ conditions }) => conditions),
  json("assign", ({ assign }) => assign),
  text("of_team", ({ ofTeam }) => ofTeam),
  time("effective_from", ({ effectiveFrom }) => effectiveFrom),
  time("effective_to", ({ effectiveTo }) => effectiveTo),
  text("change", ({ change }) => change),
  time("created_at", ({ createdAt }) => createdAt),
  text("created_by", ({ createdBy }) => createdBy),
  time("ended_at", ({ endedAt }) => endedAt),
  text("ended_by", ({ endedBy }) => endedBy),
  time("retired_at", ({ retiredAt }) => retiredAt),
];

export const rules = listKind({
  summary: "Allocation rules in the order in which they are asked, or every version",
  name: "rules",
  parameters: z.strictObject({
    history: z.enum(["true", "false"]).default("false").meta({
      description: "Every version that ever was, the newest first",
    }),
  }),
  columns: COLUMNS,
  rows: ({ sql, viewer, now }, { history }) =>
    history === "true"
      ? listRuleVersions(sql, viewer, { limit: MOST_VERSIONS })
      : listRules(sql, viewer, now),
});
