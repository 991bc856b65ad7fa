import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { withinTeams } from "#lib/reports/dimension-sql.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { listViews } from "#lib/views/read-views.ts";

export type PlaceKind = "team" | "agent" | "model" | "view";

/** Something that has a page, by the name that people know. */
export type Place = { readonly kind: PlaceKind; readonly name: string; readonly href: string };

/** Of each kind. */
const MOST = 6;

/**
 * The teams, agents, models and saved views whose name has the text in it, as
 * far as the viewer may see them; those that begin with it first. An empty text
 * is in every name.
 */
export async function findPlaces(
  sql: SqlClient,
  viewer: Viewer,
  text: string,
): Promise<readonly Place[]> {
  const part = text.replaceAll("\0", "").trim().toLowerCase();
  const [rows, views] = await Promise.all([
    readOnly(
      sql,
      (tx) => tx<{ kind: "team" | "agent" | "model"; id: string; name: string }[]>`
        (select 'team' as kind, slug as id, name from team t
          where slug <> ${UNALLOCATED} and archived_at is null
            ${withinTeams(sql, viewer, sql`t.slug`)}
            and (position(${part} in lower(name)) > 0 or position(${part} in slug) > 0)
          order by position(${part} in lower(name)) <> 1, lower(name) limit ${MOST})
        union all
        (select 'agent', agent, agent from (select distinct d.agent from dimension_set d
          where position(${part} in lower(d.agent)) > 0 ${withinTeams(sql, viewer, sql`d.team`)}) a
          order by position(${part} in lower(agent)) <> 1, agent limit ${MOST})
        union all
        (select 'model', model, model from (select distinct d.model from dimension_set d
          where d.kind = 'model_call' and position(${part} in lower(d.model)) > 0
            ${withinTeams(sql, viewer, sql`d.team`)}) m
          order by position(${part} in lower(model)) <> 1, model limit ${MOST})`,
    ),
    listViews(sql, viewer),
  ]);
  const found = rows.map(({ kind, id, name }) => ({ kind, name, href: hrefOf(kind, id) }));
  const kept = views
    .filter(({ name }) => name.toLowerCase().includes(part))
    .slice(0, MOST)
    .map(({ name, query }) => ({ kind: "view" as const, name, href: `/explore?${query}` }));
  return [...found, ...kept];
}

function hrefOf(kind: "team" | "agent" | "model", id: string): string {
  if (kind === "model")
    return `/explore?${new URLSearchParams({ "filter.model": id, by: "agent" })}`;
  return `/${kind}s/${encodeURIComponent(id)}`;
}
