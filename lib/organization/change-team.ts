import { type AuditRecord, recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { type Change, changeOrganization } from "./change.ts";
import { requireTeam } from "./require-team.ts";
import type { TeamChange, TeamInput } from "./team-input.ts";

/**
 * Adds a team.
 *
 * @throws {AppError} "conflict" when there is one of that slug, "not_found" when
 *   the parent is unknown or archived, "forbidden" unless admin.
 */
export async function createTeam(sql: SqlClient, change: Change, team: TeamInput): Promise<void> {
  await changeOrganization(sql, change, (tx) => addTeam(tx, change, team));
}

/** `createTeam` within a larger change. */
export async function addTeam(tx: Tx, { by }: Change, team: TeamInput): Promise<void> {
  const { slug, name, parent, costCenter, owners } = team;
  if (parent !== null) await requireTeam(tx, parent);
  const made = await tx`
    insert into team (slug, name, parent_slug, cost_center, owners)
    values (${slug}, ${name}, ${parent}, ${costCenter}, ${owners}::text[])
        on conflict do nothing returning slug`;
  if (made.length === 0) {
    throw new AppError(because("team_taken", { team: slug }), { code: "conflict" });
  }
  await recordAudit(tx, { ...audited(by, "team.created", slug), after: stateOf(team) });
}

/**
 * Renames, re-parents, archives … a team. The slug never changes.
 *
 * @throws {AppError} "not_found" when the team or its new parent is unknown,
 *   "conflict" when the tree would have a ring, when a team with teams in use
 *   below it is archived, or when one that was merged is taken up again.
 */
export async function updateTeam(
  sql: SqlClient,
  change: Change,
  slug: string,
  wanted: TeamChange,
): Promise<void> {
  const { by, now } = change;
  await changeOrganization(sql, change, async (tx) => {
    const before = await readTeam(tx, slug);
    const after = { ...before, ...given(wanted) };
    if (after.parent !== before.parent && after.parent !== null) {
      await requireTeam(tx, after.parent);
      await refuseRing(tx, slug, after.parent);
    }
    if (after.archived && !before.archived) await refuseOpenBelow(tx, slug);
    if (!after.archived && before.mergedInto !== null) {
      throw new AppError(because("team_merged", { team: slug, into: before.mergedInto }), {
        code: "conflict",
      });
    }
    if (after.costCenter !== before.costCenter) {
      await tx`
        insert into team_past (team_slug, until, cost_center)
        values (${slug}, ${now}, ${before.costCenter}) on conflict do nothing`;
    }
    await tx`
      update team
         set name = ${after.name}, parent_slug = ${after.parent}, cost_center = ${after.costCenter},
             owners = ${[...after.owners]}::text[],
             archived_at = case when ${after.archived} then coalesce(archived_at, ${now}) end
       where slug = ${slug}`;
    await recordAudit(tx, {
      ...audited(by, actionOf(before.archived, after.archived), slug),
      before: stateOf(before),
      after: stateOf(after),
    });
  });
}

export type StoredTeam = TeamState & {
  readonly archived: boolean;
  readonly mergedInto: string | null;
};

/** The parts of a change that are to change. */
function given(wanted: TeamChange): Partial<Required<TeamState>> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

/** @throws {AppError} "not_found" when there is no such team, or none that can be changed. */
export async function readTeam(tx: Tx, slug: string): Promise<StoredTeam> {
  const [team] = await tx<StoredTeam[]>`
    select name, parent_slug as parent, cost_center as "costCenter", owners,
           archived_at is not null as archived, merged_into as "mergedInto"
      from team where slug = ${slug} and slug <> ${UNALLOCATED} for update`;
  if (team === undefined)
    throw new AppError(because("no_team", { team: slug }), { code: "not_found" });
  return team;
}

/** @throws {AppError} "conflict" when the parent is the team itself or stands below it. */
export async function refuseRing(tx: Tx, slug: string, parent: string): Promise<void> {
  const [ring] = await tx`
    with recursive above (slug) as (
      select ${parent}::text
      union
      select team.parent_slug from team join above on team.slug = above.slug
       where team.parent_slug is not null
    )
    select 1 from above where slug = ${slug}`;
  if (ring !== undefined) {
    throw new AppError(because("team_below", { team: parent, above: slug }), { code: "conflict" });
  }
}

async function refuseOpenBelow(tx: Tx, slug: string): Promise<void> {
  const below = await tx<{ slug: string }[]>`
    select slug from team where parent_slug = ${slug} and archived_at is null order by slug`;
  if (below.length === 0) return;
  const names = below.map((team) => team.slug).join(", ");
  throw new AppError(because("teams_below", { names, above: slug }), { code: "conflict" });
}

type TeamState = {
  readonly name: string;
  readonly parent: string | null;
  readonly costCenter: string | null;
  readonly owners: readonly string[];
  readonly archived?: boolean;
};

function stateOf({ name, parent, costCenter, owners, archived = false }: TeamState) {
  return { name, parent, cost_center: costCenter, owners, archived };
}

function actionOf(was: boolean, is: boolean): AuditRecord["action"] {
  if (was === is) return "team.changed";
  return is ? "team.archived" : "team.restored";
}

/** The head of an audit entry about a team. */
export function audited(by: Change["by"], action: AuditRecord["action"], slug: string) {
  return { actor: by, action, target: { kind: "team", id: slug } };
}
