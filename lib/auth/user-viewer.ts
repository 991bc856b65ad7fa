import { sql } from "drizzle-orm";
import { personScope } from "#lib/access/person-scope.ts";
import { ROLES, type Viewer } from "#lib/access/viewer.ts";
import type { Database, Db } from "#lib/db/client.ts";
import { lacksSecondFactor } from "./second-factor-rule.ts";

export type SignedInUser = {
  readonly id: string;
  readonly name: string;
  readonly role?: string | null | undefined;
  readonly twoFactorEnabled?: boolean | null | undefined;
};

/**
 * What a signed-in person may see, read anew for each request, so that a change
 * of role or team holds at once. Admins and finance see all teams, the others
 * the teams they belong to and all teams below them. Who still has to set up a
 * second factor is nobody until then.
 */
export async function userViewer(
  { db, sql: client }: Pick<Database, "db" | "sql">,
  user: SignedInUser,
  now: Date,
): Promise<Viewer> {
  const role = ROLES.find((candidate) => candidate === user.role) ?? "viewer";
  const base = { kind: "user", id: user.id, label: user.name, role } as const;
  const hasSecondFactor = user.twoFactorEnabled === true;
  if (await lacksSecondFactor(db, { id: user.id, role, hasSecondFactor })) {
    return { ...base, role: "viewer", teams: [], persons: "none", mustEnroll: true };
  }
  const seesAll = role === "admin" || role === "finance";
  const teams = seesAll ? "all" : await visibleTeams(db, user.id);
  return { ...base, teams, persons: await personScope(client, role, teams, now) };
}

/** `union` (not `union all`) ends also where parents form a ring. */
async function visibleTeams(db: Db, userId: string): Promise<readonly string[]> {
  const rows = await db.execute<{ slug: string }>(sql`
    with recursive visible (slug) as (
      select team_slug from auth_user_team where user_id = ${userId}
      union
      select team.slug from team join visible on team.parent_slug = visible.slug
    )
    select slug from visible order by slug`);
  return rows.map((row) => row.slug);
}
