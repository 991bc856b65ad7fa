import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { type Editor, requireAdmin } from "#lib/access/rights.ts";
import type { Role } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db, SqlClient } from "#lib/db/client.ts";
import { organization, SECOND_FACTOR_FOR } from "#lib/db/schema/organization.ts";
import { AppError } from "#lib/errors.ts";
import { hasPassword } from "./confirm-session.ts";

/** Who may not come in by a password alone. */
export type SecondFactorRule = (typeof SECOND_FACTOR_FOR)[number];

const COVERED: { readonly [Rule in SecondFactorRule]: readonly Role[] } = {
  nobody: [],
  admins: ["admin"],
  finance: ["admin", "finance"],
  everybody: ["admin", "finance", "manager", "viewer"],
};

export async function readSecondFactorRule(db: Pick<Db, "select">): Promise<SecondFactorRule> {
  const [row] = await db.select({ rule: organization.secondFactorFor }).from(organization);
  return row?.rule ?? "nobody";
}

/**
 * Whether a person still has to set up the second factor that their role needs.
 * Who has no password comes in by single sign-on, whose provider asks for it.
 */
export async function lacksSecondFactor(
  db: Pick<Db, "select">,
  {
    id,
    role,
    hasSecondFactor,
  }: {
    readonly id: string;
    readonly role: Role;
    readonly hasSecondFactor: boolean;
  },
): Promise<boolean> {
  if (hasSecondFactor) return false;
  const isCovered = COVERED[await readSecondFactorRule(db)].includes(role);
  return isCovered && hasPassword(db, id);
}

/**
 * Holds from the next request of everybody whom it covers.
 *
 * @throws {AppError} "invalid" for an unknown rule, "forbidden" for all but admins,
 *   "confirmation_required".
 */
export async function setSecondFactorRule(
  sql: SqlClient,
  actor: Editor,
  wanted: string,
): Promise<void> {
  requireAdmin(actor);
  requireFreshSignIn(actor);
  const rule = SECOND_FACTOR_FOR.find((known) => known === wanted);
  if (rule === undefined) throw new AppError("There is no such rule", { code: "invalid" });
  await sql.begin(async (tx) => {
    const [row] = await tx<{ rule: SecondFactorRule }[]>`
      select second_factor_for as rule from organization for update`;
    if (row === undefined || row.rule === rule) return;
    await tx`update organization set second_factor_for = ${rule}`;
    await recordAudit(tx, {
      ...{ actor, action: "organization.second_factor_rule_changed" },
      target: { kind: "organization", id: "1" },
      before: { secondFactorFor: row.rule },
      after: { secondFactorFor: rule },
    });
  });
}
