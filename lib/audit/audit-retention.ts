import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { type Editor, requireAdmin } from "#lib/access/rights.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { SYSTEM } from "./actor.ts";
import { recordAudit } from "./record-audit.ts";
import { sealAudit } from "./verify-audit.ts";

/** The shortest retention, which the database holds, too: nobody clears up behind themselves. */
export const MIN_RETENTION_DAYS = 90;
export const MAX_RETENTION_DAYS = 36_500;
const AT_ONCE = 10_000;

/** How many days entries are kept; null: forever. */
export async function readAuditRetention(sql: SqlClient): Promise<number | null> {
  const [row] = await sql<{ days: number | null }[]>`
    select audit_retention_days as days from organization`;
  return row?.days ?? null;
}

/** @throws {AppError} "invalid" unless 90 to 36,500 or null, "forbidden" for all but admins. */
export async function setAuditRetention(
  sql: SqlClient,
  actor: Editor,
  days: number | null,
): Promise<void> {
  requireFreshSignIn(actor);
  requireAdmin(actor);
  const isSound =
    days === null ||
    (Number.isInteger(days) && days >= MIN_RETENTION_DAYS && days <= MAX_RETENTION_DAYS);
  if (!isSound) {
    throw new AppError("The audit log is kept for 90 to 36,500 days, or forever", {
      code: "invalid",
    });
  }
  await sql.begin(async (tx) => {
    const [row] = await tx<{ days: number | null }[]>`
      select audit_retention_days as days from organization for update`;
    if (row === undefined || row.days === days) return;
    await tx`update organization set audit_retention_days = ${days}`;
    await recordAudit(tx, {
      ...{ actor, action: "organization.audit_retention_changed" },
      target: { kind: "organization", id: "1" },
      before: { auditRetentionDays: row.days },
      after: { auditRetentionDays: days },
    });
  });
}

/**
 * Removes entries that are older than the retention. The hash of the last one
 * stays as the anchor of the chain, in the database and in the entry that tells
 * of the removal.
 *
 * @returns how many were removed.
 */
export async function trimAudit(sql: SqlClient): Promise<number> {
  await sealAudit(sql);
  let removed = 0;
  for (;;) {
    const count = await cutOnce(sql);
    if (count === 0) return removed;
    removed += count;
  }
}

async function cutOnce(sql: SqlClient): Promise<number> {
  return sql.begin(async (tx) => {
    const [last] = await tx<{ position: number }[]>`
      select coalesce(max(position), 0)::int as position from audit_anchor`;
    const [cut] = await tx<{ position: number | null; hash: string; before: Date }[]>`
      select position::int, encode(hash, 'hex') as hash, before from audit_cut(${AT_ONCE})`;
    if (cut === undefined || cut.position === null || last === undefined) return 0;
    const entries = cut.position - last.position;
    await recordAudit(tx, {
      ...{ actor: SYSTEM, action: "audit.trimmed", target: { kind: "audit_log", id: "1" } },
      before: { entries, writtenBefore: cut.before.toISOString() },
      after: { chainBeginsAfter: cut.position, hash: cut.hash },
    });
    return entries;
  });
}
