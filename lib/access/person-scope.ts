import type { SqlClient } from "#lib/db/client.ts";
import type { PersonScope, Role, TeamScope } from "./viewer.ts";

const DAY_MS = 86_400_000;
/** A team is as large as the number of persons who used anything in these days. */
const WINDOW_DAYS = 90;
/** How long a process goes on with the team sizes that it read. */
const TRUST_MS = 60_000;

type Sizes = { readonly at: number; readonly large: Promise<readonly string[]> };
const known = new WeakMap<SqlClient, Sizes>();

/**
 * Where a role sees figures of persons. Admins and finance everywhere, viewers
 * nowhere, managers in teams that have at least as many persons as the
 * organisation's floor: below it, figures of a team would be those of a person,
 * and whoever may look would watch somebody at work.
 */
export async function personScope(
  sql: SqlClient,
  role: Role,
  teams: TeamScope,
  now: Date,
): Promise<PersonScope> {
  if (role === "admin" || role === "finance") return "all";
  if (role === "viewer") return "none";
  const large = await largeTeams(sql, now);
  return { inTeams: teams === "all" ? large : large.filter((team) => teams.includes(team)) };
}

/** Forgets the sizes read before: the floor has changed. */
export function forgetTeamSizes(sql: SqlClient): void {
  known.delete(sql);
}

function largeTeams(sql: SqlClient, now: Date): Promise<readonly string[]> {
  const found = known.get(sql);
  if (found !== undefined && Math.abs(now.getTime() - found.at) < TRUST_MS) return found.large;
  const large = readLargeTeams(sql, new Date(now.getTime() - WINDOW_DAYS * DAY_MS));
  known.set(sql, { at: now.getTime(), large });
  // A failed read is not an answer to keep.
  large.catch(() => forgetTeamSizes(sql));
  return large;
}

async function readLargeTeams(sql: SqlClient, since: Date): Promise<readonly string[]> {
  const rows = await sql<{ team: string }[]>`
    select d.team
      from (select distinct r.dimension_set_id, r.user_id from usage_day_user r
             where r.day >= ${since} and r.user_id <> '') u
      join dimension_set d on d.id = u.dimension_set_id
     group by d.team
    having count(distinct u.user_id) >= (select person_floor from organization)
     order by d.team`;
  return rows.map(({ team }) => team);
}
