import { personsOf, teamsOf } from "#lib/access/read-scope.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";

/** A question kept by name. What it shows depends on who asks it, never on who kept it. */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  /** As in Explore's URL after the "?". */
  readonly query: string;
  readonly isShared: boolean;
  readonly isOwn: boolean;
  /** Who keeps it, by name. */
  readonly owner: string;
  /** Explore opens with it. */
  readonly isDefault: boolean;
};

/**
 * The viewer's own views, then what others share, each by name. A view of
 * others that names a team or a person out of the viewer's sight is left out:
 * a name is something to see, too.
 */
export async function listViews(sql: SqlClient, viewer: Viewer): Promise<readonly SavedView[]> {
  if (viewer.kind !== "user") return [];
  const rows = await sql<SavedView[]>`
    select v.id, v.name, v.query, v.is_shared as "isShared", v.owner_id = ${viewer.id} as "isOwn",
           u.name as owner, d.view_id is not null as "isDefault"
      from saved_view v
      join auth_user u on u.id = v.owner_id
      left join saved_view_default d on d.view_id = v.id and d.user_id = ${viewer.id}
     where v.owner_id = ${viewer.id} or v.is_shared
     order by v.owner_id <> ${viewer.id}, lower(v.name), v.id`;
  return rows.filter((view) => view.isOwn || namesOnlyVisible(viewer, view.query));
}

/** What Explore opens with for the viewer; null unless they chose a view that they still see. */
export async function defaultView(sql: SqlClient, viewer: Viewer): Promise<SavedView | null> {
  return (await listViews(sql, viewer)).find(({ isDefault }) => isDefault) ?? null;
}

function namesOnlyVisible(viewer: Viewer, query: string): boolean {
  const params = new URLSearchParams(query);
  const teams = teamsOf(viewer);
  const seesTeams = teams === "all" || params.getAll("filter.team").every((t) => teams.includes(t));
  return seesTeams && (personsOf(viewer) === "all" || !params.has("filter.user"));
}
