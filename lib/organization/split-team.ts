import { recordAudit } from "#lib/audit/record-audit.ts";
import { assertMonthsOpen } from "#lib/close/closed-months.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type Change, changeOrganization } from "./change.ts";
import { addRule } from "./change-rules.ts";
import { addTeam, audited, readTeam } from "./change-team.ts";
import { movePeople } from "./move-people.ts";
import { organizationZone, startOfDay } from "./organization-day.ts";
import type { TeamSplit } from "./team-input.ts";

/**
 * Splits a team from a date on: makes the new teams and, for each, a rule that
 * is asked only for what would fall to the team. What no part takes stays with
 * the team, and so does what is in the ledger. See ADR 9.
 *
 * @throws {AppError} "not_found" when the team is unknown, "conflict" when it is
 *   archived or a part's slug is taken, "closed_period" when the date lies in or
 *   before a closed month.
 */
export async function splitTeam(
  sql: SqlClient,
  change: Change,
  slug: string,
  { from, place, parts }: TeamSplit,
): Promise<void> {
  const { by, now } = change;
  await changeOrganization(sql, change, async (tx) => {
    const team = await readTeam(tx, slug);
    if (team.archived)
      throw new AppError(because("team_archived", { team: slug }), { code: "conflict" });
    const timeZone = await organizationZone(tx);
    const at = new Date(startOfDay(from, timeZone));
    if (at < now) await assertMonthsOpen(tx, at, now, timeZone);
    const parent = place === "below" ? slug : team.parent;
    for (const { conditions, people, ...part } of parts) {
      const { owners } = team;
      await addTeam(tx, change, { ...part, parent, owners: [...owners] });
      await addRule(tx, change, {
        name: part.name,
        conditions,
        assign: { team: part.slug },
        ofTeam: slug,
        effectiveFrom: at,
        effectiveTo: null,
      });
      if (people.length > 0) await movePeople(tx, slug, part.slug, from, people);
    }
    await recordAudit(tx, {
      ...audited(by, "team.split", slug),
      after: { from: at.toISOString(), parts: parts.map((part) => part.slug) },
    });
  });
}
