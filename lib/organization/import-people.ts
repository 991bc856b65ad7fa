import { createHash } from "node:crypto";
import { requireAdmin } from "#lib/access/rights.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type Change, changeOrganization } from "./change.ts";
import { clashingName, storePeople } from "./change-person.ts";
import { addTeam } from "./change-team.ts";
import { type HrFile, readHrFile } from "./hr-file.ts";
import { membersByEmail } from "./people.ts";
import { type ImportPlan, planImport } from "./plan-import.ts";
import { TeamInput } from "./team-input.ts";

export type ImportOptions = {
  /** Only say what would change. */
  readonly isRehearsal: boolean;
  /** Make teams that do not exist, instead of refusing the lines that name them. */
  readonly makesTeams: boolean;
};

export type ImportedPeople = ImportPlan & {
  /** False for a rehearsal, and when there was a mistake: then nothing was changed. */
  readonly isApplied: boolean;
};

const MOST_AUDITED = 100;

/**
 * Brings an HR export (see `readHrFile`) into the organisation: all of it, or
 * nothing when a line is wrong. Imported again it changes nothing.
 *
 * @throws {AppError} "forbidden" unless admin.
 */
export async function importPeople(
  sql: SqlClient,
  change: Change,
  text: string,
  { isRehearsal, makesTeams }: ImportOptions,
): Promise<ImportedPeople> {
  const file = readHrFile(text);
  if (isRehearsal) {
    requireAdmin(change.by);
    return { ...(await sql.begin((tx) => plan(tx, file, makesTeams))), isApplied: false };
  }
  return changeOrganization(sql, change, async (tx) => {
    const planned = await plan(tx, file, makesTeams);
    if (planned.mistakes.length > 0) return { ...planned, isApplied: false };
    await apply(tx, change, planned, text);
    return { ...planned, isApplied: true };
  });
}

async function plan(tx: Tx, file: HrFile, makesTeams: boolean): Promise<ImportPlan> {
  const emails = [...new Set(file.rows.map(({ email }) => email))];
  const known = await membersByEmail(tx, emails);
  const teams = await tx<{ slug: string; name: string }[]>`
    select slug, name from team where slug <> 'unallocated'
     order by archived_at is null, slug`;
  const planned = planImport(file, known, teams, makesTeams);
  const clash = await clashingName(tx, [
    ...planned.added,
    ...planned.changed.map(({ after }) => after),
  ]);
  if (clash === undefined) return planned;
  const line = file.rows.findLast(({ email, aliases = [] }) => [email, ...aliases].includes(clash));
  const mistake = { line: line?.line ?? 1, detail: `${clash} would name two people` };
  return { ...planned, mistakes: [...planned.mistakes, mistake] };
}

async function apply(tx: Tx, change: Change, planned: ImportPlan, text: string): Promise<void> {
  const { newTeams, added, changed, unchanged } = planned;
  for (const team of newTeams) await addTeam(tx, change, TeamInput.parse(team));
  await storePeople(tx, [...added, ...changed.map(({ after }) => after)]);
  await recordAudit(tx, {
    actor: change.by,
    action: "people.imported",
    target: { kind: "file", id: `sha256:${createHash("sha256").update(text).digest("hex")}` },
    before: { changed: changed.slice(0, MOST_AUDITED).map(({ before }) => before) },
    after: {
      ...{ people_added: added.length, people_changed: changed.length, unchanged },
      teams_added: newTeams.map(({ slug }) => slug),
      added: added.slice(0, MOST_AUDITED),
      changed: changed.slice(0, MOST_AUDITED).map(({ after }) => after),
    },
  });
}
