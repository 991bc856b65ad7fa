import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type Change, changeOrganization } from "./change.ts";
import { requireTeam } from "./require-team.ts";

export type Project = {
  /** What telemetry and rules call it. */
  readonly id: string;
  readonly name: string;
  /** The team that gets its spend where nothing else says. */
  readonly team: string | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
};

const Name = z.string().trim().min(1).max(120);

export const ProjectInput = z.strictObject({
  id: z.string().trim().min(1).max(200),
  name: Name,
  team: z.string().nullable().default(null),
});
export type ProjectInput = z.output<typeof ProjectInput>;

/** What is left out stays; the id never changes. */
export const ProjectChange = z.strictObject({
  name: Name.optional(),
  team: z.string().nullable().optional(),
  archived: z.boolean().optional(),
});
export type ProjectChange = z.output<typeof ProjectChange>;

/** Every project, archived ones included. For admins and finance. */
export async function listProjects(sql: SqlClient, viewer: Viewer): Promise<readonly Project[]> {
  requireFinance(viewer);
  return sql<Project[]>`
    select id, name, team_slug as team, created_at as "createdAt", archived_at as "archivedAt"
      from project order by lower(name), id`;
}

/**
 * Adds a project.
 *
 * @throws {AppError} "conflict" when there is one of that id, in whatever case;
 *   "not_found" when the team is unknown; "forbidden" unless admin.
 */
export async function createProject(
  sql: SqlClient,
  change: Change,
  project: ProjectInput,
): Promise<void> {
  const { id, name, team } = project;
  await changeOrganization(sql, change, async (tx) => {
    if (team !== null) await requireTeam(tx, team);
    const [taken] = await tx`select 1 from project where lower(id) = lower(${id})`;
    if (taken !== undefined) {
      throw new AppError(because("project_taken", { id }), { code: "conflict" });
    }
    await tx`insert into project (id, name, team_slug) values (${id}, ${name}, ${team})`;
    await recordAudit(tx, { ...audited(change, "project.created", id), after: { name, team } });
  });
}

/**
 * Renames or archives a project or gives it to another team, which gets what
 * starts from now on.
 *
 * @throws {AppError} "not_found" when the project or the team is unknown.
 */
export async function updateProject(
  sql: SqlClient,
  change: Change,
  id: string,
  wanted: ProjectChange,
): Promise<void> {
  const { now } = change;
  await changeOrganization(sql, change, async (tx) => {
    const before = await readProject(tx, id);
    const after = {
      name: wanted.name ?? before.name,
      team: wanted.team === undefined ? before.team : wanted.team,
      archived: wanted.archived ?? before.archived,
    };
    if (after.team !== before.team) {
      if (after.team !== null) await requireTeam(tx, after.team);
      await tx`
        insert into project_past (project_id, until, team_slug)
        values (${id}, ${now}, ${before.team}) on conflict do nothing`;
    }
    await tx`
      update project
         set name = ${after.name}, team_slug = ${after.team},
             archived_at = case when ${after.archived} then coalesce(archived_at, ${now}) end
       where id = ${id}`;
    await recordAudit(tx, { ...audited(change, "project.changed", id), before, after });
  });
}

type ProjectState = {
  readonly name: string;
  readonly team: string | null;
  readonly archived: boolean;
};

async function readProject(tx: Tx, id: string): Promise<ProjectState> {
  const [project] = await tx<ProjectState[]>`
    select name, team_slug as team, archived_at is not null as archived
      from project where id = ${id} for update`;
  if (project === undefined)
    throw new AppError(because("no_project", { id }), { code: "not_found" });
  return { ...project };
}

function audited({ by }: Change, action: `project.${string}`, id: string) {
  return { actor: by, action, target: { kind: "project", id } } as const;
}
