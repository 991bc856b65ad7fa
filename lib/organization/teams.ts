import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

export type Team = {
  readonly slug: string;
  readonly name: string;
  readonly parent: string | null;
  readonly costCenter: string | null;
  /** E-mails. */
  readonly owners: readonly string[];
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
  /** Where its spend goes that starts at `from` or later. */
  readonly merged: { readonly into: string; readonly from: Date } | null;
};

/** A team at its place in the tree; roots have depth 0. */
export type TreeTeam = Team & { readonly depth: number };

/** The viewer's teams by name, archived ones included; never `unallocated`. */
export async function listTeams(
  sql: SqlClient,
  { teams }: Pick<Viewer, "teams">,
): Promise<readonly Team[]> {
  const rows = await sql<TeamRow[]>`
    select slug, name, parent_slug, cost_center, owners, created_at, archived_at,
           merged_into, merged_at
      from team
     where slug <> ${UNALLOCATED}
       and (${teams === "all"} or slug = any(${teams === "all" ? [] : [...teams]}::text[]))
     order by lower(name), slug`;
  return rows.map((row) => ({
    slug: row.slug,
    name: row.name,
    parent: row.parent_slug,
    costCenter: row.cost_center,
    owners: row.owners,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
    merged:
      row.merged_into === null || row.merged_at === null
        ? null
        : { into: row.merged_into, from: row.merged_at },
  }));
}

/**
 * Teams in the order of the tree: each followed by those below it, siblings in
 * the order given. A team whose parent is not among them is a root.
 */
export function inTreeOrder(teams: readonly Team[]): TreeTeam[] {
  const known = new Set(teams.map(({ slug }) => slug));
  const below = Map.groupBy(teams, ({ parent }) =>
    parent !== null && known.has(parent) ? parent : null,
  );
  const ordered: TreeTeam[] = [];
  const visit = (parent: string | null, depth: number) => {
    for (const team of below.get(parent) ?? []) {
      ordered.push({ ...team, depth });
      visit(team.slug, depth + 1);
    }
  };
  visit(null, 0);
  return ordered;
}

/** The slugs of a team and of all teams below it. */
export function teamsFrom(teams: readonly Pick<Team, "slug" | "parent">[], slug: string): string[] {
  const below = Map.groupBy(teams, ({ parent }) => parent);
  const found = new Set([slug]);
  for (const parent of found) {
    for (const team of below.get(parent) ?? []) found.add(team.slug);
  }
  return [...found];
}

type TeamRow = {
  readonly slug: string;
  readonly name: string;
  readonly parent_slug: string | null;
  readonly cost_center: string | null;
  readonly owners: readonly string[];
  readonly created_at: Date;
  readonly archived_at: Date | null;
  readonly merged_into: string | null;
  readonly merged_at: Date | null;
};
