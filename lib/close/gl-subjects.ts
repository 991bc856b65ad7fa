import type { Viewer } from "#lib/access/viewer.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { listCostCenters } from "#lib/organization/cost-centers.ts";
import { type GlCode, type GlDimension, listGlCodes } from "./gl-codes.ts";

/** What can have a code, with the code that it has; "" for none. */
export type GlSubjects = Readonly<Record<GlDimension, readonly Pick<GlCode, "value" | "code">[]>>;

/** @param today A day of the organisation's zone, as `2026-11-22`. @throws {AppError} "forbidden" unless finance or admin. */
export async function glSubjects(
  sql: SqlClient,
  viewer: Viewer,
  today: string,
): Promise<GlSubjects> {
  const codes = await listGlCodes(sql, viewer);
  const teams = await sql<{ slug: string }[]>`
    select slug from team where archived_at is null order by name, slug`;
  const providers = await sql<{ provider: string }[]>`
    select distinct provider from dimension_set where provider is not null order by 1`;
  const centers = await listCostCenters(sql, viewer, today);
  const values: Readonly<Record<GlDimension, readonly string[]>> = {
    line: LINE_KINDS.filter((kind) => kind !== "covered"),
    provider: providers.map(({ provider }) => provider),
    team: teams.map(({ slug }) => slug),
    cost_center: centers.map(({ code }) => code),
    offset: [""],
  };
  const subjectsOf = (dimension: GlDimension) => {
    const given = new Map(
      codes.filter((code) => code.dimension === dimension).map(({ value, code }) => [value, code]),
    );
    const all = new Set([...values[dimension], ...given.keys()]);
    return [...all].map((value) => ({ value, code: given.get(value) ?? "" }));
  };
  return {
    line: subjectsOf("line"),
    provider: subjectsOf("provider"),
    team: subjectsOf("team"),
    cost_center: subjectsOf("cost_center"),
    offset: subjectsOf("offset"),
  };
}
