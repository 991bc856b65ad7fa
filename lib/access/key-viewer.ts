import type { RequestOrigin } from "#lib/audit/actor.ts";
import type { Database, SqlClient } from "#lib/db/client.ts";
import { findKey, touchKey } from "./keys.ts";
import { personScope } from "./person-scope.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Who an API key stands for: its role, and its team with all teams below, or
 * every team where it names none. Null for unknown, expired, revoked and ingest
 * keys.
 */
export async function keyViewer(
  { sql, db }: Pick<Database, "sql" | "db">,
  secret: string,
  now: Date,
  origin?: RequestOrigin,
): Promise<Viewer | null> {
  const key = await findKey(sql, secret, now);
  if (key === null || key.kind !== "api") return null;
  await touchKey(db, key, { now, origin });
  const role = key.role ?? "viewer";
  const teams = key.team === null ? "all" : await teamsFrom(sql, key.team);
  return {
    kind: "key",
    id: key.id,
    label: key.label,
    role,
    scopes: key.scopes,
    teams,
    persons: await personScope(sql, role, teams, now),
  };
}

/** The team and all below it. `union` (not `union all`) ends also where parents form a ring. */
export async function teamsFrom(sql: SqlClient, team: string): Promise<readonly string[]> {
  const rows = await sql<{ slug: string }[]>`
    with recursive visible (slug) as (
      select ${team}::text
      union
      select team.slug from team join visible on team.parent_slug = visible.slug
    )
    select slug from visible order by slug`;
  return rows.map(({ slug }) => slug);
}
