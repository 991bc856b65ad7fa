import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { requireMayChange } from "./budget-access.ts";
import { BUDGET_CHANNEL } from "./budget-channel.ts";
import { lockBudget, nameOf } from "./store-budget.ts";

/** A mute has an end, and not a far one: nobody remembers it. */
const LONGEST_MS = 92 * 86_400_000;

export type MuteRecord = {
  readonly id: string;
  readonly reason: string;
  readonly mutedAt: Date;
  readonly mutedBy: string;
  readonly endsAt: Date;
};

/**
 * Keeps a budget silent for a while. What is crossed meanwhile is marked and
 * not told later.
 *
 * @throws {AppError} "not_found", "forbidden", or "invalid" for an end in the
 *   past or more than 92 days away.
 */
export async function muteBudget(
  sql: SqlClient,
  viewer: Viewer,
  budgetId: string,
  { reason, endsAt }: { readonly reason: string; readonly endsAt: Date },
  now: Date,
): Promise<MuteRecord> {
  const lasts = endsAt.getTime() - now.getTime();
  if (lasts <= 0 || lasts > LONGEST_MS) {
    throw new AppError("ends_at: must be in the future, 92 days at most", { code: "invalid" });
  }
  return sql.begin(async (tx) => {
    const budget = await lockBudget(tx, viewer, budgetId);
    requireMayChange(viewer, budget.scope);
    const [row] = await tx<{ id: string }[]>`
      insert into budget_mute (budget_id, reason, muted_at, muted_by, ends_at)
      values (${budget.id}, ${reason}, ${now}, ${nameOf(viewer)}, ${endsAt}) returning id`;
    await recordAudit(tx, {
      actor: viewer,
      action: "budget.muted",
      target: { kind: "budget", id: budget.id },
      after: { reason, ends_at: endsAt.toISOString() },
    });
    await tx`select pg_notify(${BUDGET_CHANNEL}, ${budget.id})`;
    return { id: row?.id ?? "", reason, mutedAt: now, mutedBy: nameOf(viewer), endsAt };
  });
}

/** Ends all mutes of a budget. @throws {AppError} "not_found" or "forbidden". */
export async function unmuteBudget(
  sql: SqlClient,
  viewer: Viewer,
  budgetId: string,
  now: Date,
): Promise<void> {
  await sql.begin(async (tx) => {
    const budget = await lockBudget(tx, viewer, budgetId);
    requireMayChange(viewer, budget.scope);
    await tx`
      update budget_mute set ends_at = ${now} where budget_id = ${budget.id} and ends_at > ${now}`;
    await recordAudit(tx, {
      actor: viewer,
      action: "budget.unmuted",
      target: { kind: "budget", id: budget.id },
    });
    await tx`select pg_notify(${BUDGET_CHANNEL}, ${budget.id})`;
  });
}

/** The mutes of a budget, the newest first. */
export async function listMutes(sql: SqlClient, budgetId: string): Promise<MuteRecord[]> {
  const rows = await sql<
    { id: string; reason: string; muted_at: Date; muted_by: string; ends_at: Date }[]
  >`
    select id, reason, muted_at, muted_by, ends_at from budget_mute
     where budget_id = ${budgetId} order by muted_at desc, id limit 100`;
  return rows.map((row) => ({
    id: row.id,
    reason: row.reason,
    mutedAt: row.muted_at,
    mutedBy: row.muted_by,
    endsAt: row.ends_at,
  }));
}
