import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { forgetTeamSizes } from "./person-scope.ts";
import { type Editor, requireAdmin } from "./rights.ts";

/** The highest floor: above it no team would ever show a person. */
export const MAX_PERSON_FLOOR = 1_000;

/** How many persons a team must have before its managers see figures of persons. */
export async function readPersonFloor(sql: SqlClient): Promise<number> {
  const [row] = await sql<{ floor: number }[]>`select person_floor as floor from organization`;
  return row?.floor ?? 1;
}

/** @throws {AppError} "invalid" unless 1 to 1,000, "forbidden" for all but admins. */
export async function setPersonFloor(sql: SqlClient, actor: Editor, floor: number): Promise<void> {
  requireAdmin(actor);
  if (!Number.isInteger(floor) || floor < 1 || floor > MAX_PERSON_FLOOR) {
    throw new AppError("The floor must be 1 to 1,000 persons", { code: "invalid" });
  }
  await sql.begin(async (tx) => {
    const [row] = await tx<{ floor: number }[]>`
      select person_floor as floor from organization for update`;
    if (row === undefined || row.floor === floor) return;
    await tx`update organization set person_floor = ${floor}`;
    await recordAudit(tx, {
      ...{ actor, action: "organization.person_floor_changed" },
      target: { kind: "organization", id: "1" },
      before: { personFloor: row.floor },
      after: { personFloor: floor },
    });
  });
  forgetTeamSizes(sql);
}
