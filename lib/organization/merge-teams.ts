import { recordAudit } from "#lib/audit/record-audit.ts";
import { assertMonthsOpen } from "#lib/close/closed-months.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type Change, changeOrganization } from "./change.ts";
import { audited, readTeam, refuseRing } from "./change-team.ts";
import { movePeople } from "./move-people.ts";
import { organizationZone, startOfDay } from "./organization-day.ts";
import { requireTeam } from "./require-team.ts";
import type { TeamMerge } from "./team-input.ts";

/**
 * Merges a team into another from a date on: whatever would fall to it and
 * starts then or later falls to the other, whether a rule, the telemetry, a
 * key or a person led there. What is in the ledger stays as it is. The teams
 * below, the projects and the people go over to the other team; see ADR 9.
 *
 * @throws {AppError} "not_found" when a team is unknown or the other archived,
 *   "conflict" when it is merged already or the other stands below it,
 *   "closed_period" when the date lies in or before a closed month.
 */
export async function mergeTeams(
  sql: SqlClient,
  change: Change,
  slug: string,
  { into, from, history }: TeamMerge,
): Promise<void> {
  const { by, now } = change;
  await changeOrganization(sql, change, async (tx) => {
    const team = await readTeam(tx, slug);
    if (team.mergedInto !== null) {
      throw new AppError(because("team_merged", { team: slug, into: team.mergedInto }), {
        code: "conflict",
      });
    }
    await requireTeam(tx, into);
    await refuseRing(tx, slug, into);
    const timeZone = await organizationZone(tx);
    const at = new Date(startOfDay(from, timeZone));
    if (at < now) await assertMonthsOpen(tx, at, now, timeZone);
    await tx`
      update team
         set merged_into = ${into}, merged_at = ${at}, archived_at = coalesce(archived_at, ${now}),
             parent_slug = case when ${history === "under"} then ${into} else parent_slug end
       where slug = ${slug}`;
    await tx`update team set parent_slug = ${into} where parent_slug = ${slug}`;
    await moveProjects(tx, slug, into, at < now ? now : at);
    const people = await movePeople(tx, slug, into, from, null);
    await recordAudit(tx, {
      ...audited(by, "team.merged", slug),
      before: { parent: team.parent, archived: team.archived },
      after: { merged_into: into, from: at.toISOString(), history, people },
    });
  });
}

/** Until a merge of the past is known, the team itself leads on to the other. */
async function moveProjects(tx: Tx, from: string, into: string, until: Date): Promise<void> {
  await tx`
    insert into project_past (project_id, until, team_slug)
    select id, ${until}, team_slug from project where team_slug = ${from}
        on conflict do nothing`;
  await tx`update project set team_slug = ${into} where team_slug = ${from}`;
}
