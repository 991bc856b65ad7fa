import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { listTeams } from "#lib/organization/teams.ts";
import { json } from "../../_lib/api-route.ts";
import { teamBody } from "../../_lib/organization.ts";
import { notFound } from "../../_lib/problem.ts";

/** A team as it is now. @throws {AppError} "not_found" when the viewer sees none of that slug. */
export async function oneTeam(
  sql: SqlClient,
  viewer: Viewer,
  slug: string | undefined,
): Promise<Response> {
  const team = (await listTeams(sql, viewer)).find((candidate) => candidate.slug === slug);
  if (team === undefined) throw notFound("team");
  return json(teamBody(team));
}
