import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { type Amount, parseAmount, printAmount } from "#lib/budgets/amount.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { periodAt } from "#lib/time/fiscal.ts";
import { mayApprove } from "./budget-access.ts";
import { BUDGET_CHANNEL } from "./budget-channel.ts";
import type { Links } from "./event-data.ts";
import { sayIncrease } from "./say-increase.ts";
import { isUuid, lockBudget, nameOf } from "./store-budget.ts";

export type IncreaseStatus = "requested" | "approved" | "refused" | "withdrawn";

export type IncreaseRecord = {
  readonly id: string;
  readonly budgetId: string;
  readonly amount: Amount;
  readonly reason: string;
  readonly status: IncreaseStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  /** The person's id; null where it was a key. */
  readonly requestedByUser: string | null;
  /** The key's id; null where it was a person. */
  readonly requestedByKey: string | null;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decisionNote: string | null;
};

export type NewIncrease = {
  readonly amount: Amount;
  readonly reason: string;
  /** Null: now. */
  readonly startsAt: Date | null;
  /** Null: the end of the period in which it starts. */
  readonly endsAt: Date | null;
};

/**
 * Asks for more for a while. Whoever may approve it has it at once.
 *
 * @throws {AppError} "not_found", or "invalid" when it ends before it starts.
 */
export async function requestIncrease(
  sql: SqlClient,
  viewer: Viewer,
  budgetId: string,
  wanted: NewIncrease,
  now: Date,
  links: Links,
): Promise<IncreaseRecord> {
  return sql.begin(async (tx) => {
    const budget = await lockBudget(tx, viewer, budgetId);
    const [organization] = await tx<{ time_zone: string }[]>`select time_zone from organization`;
    const startsAt = wanted.startsAt ?? now;
    const { end } = periodAt(
      startsAt.getTime(),
      budget.period,
      budget.calendar,
      organization?.time_zone ?? "UTC",
    );
    const endsAt = wanted.endsAt ?? new Date(end);
    if (startsAt >= endsAt || endsAt <= now) {
      throw new AppError("ends_at: must be after the start, and in the future", {
        code: "invalid",
      });
    }
    const outcome = mayApprove(viewer, budget)
      ? { status: "approved", decided_at: now, decided_by: nameOf(viewer) }
      : { status: "requested" };
    const [row] = await tx<IncreaseRow[]>`
      insert into budget_increase ${tx({
        budget_id: budget.id,
        amount: printAmount(wanted.amount),
        reason: wanted.reason,
        starts_at: startsAt,
        ends_at: endsAt,
        requested_at: now,
        requested_by: nameOf(viewer),
        requested_by_user: personOf(viewer),
        requested_by_key: viewer.kind === "key" ? viewer.id : null,
        ...outcome,
      })} returning *`;
    const record = toRecord(row);
    const isApproved = record.status === "approved";
    await recordAudit(tx, {
      actor: viewer,
      action: isApproved ? "budget.increased" : "budget.increase_requested",
      target: { kind: "budget", id: budget.id },
      after: auditOf(record),
    });
    if (!isApproved) await sayIncrease(tx, record, null, now, links);
    await tx`select pg_notify(${BUDGET_CHANNEL}, ${budget.id})`;
    return record;
  });
}

/**
 * Approves, refuses or withdraws what was asked for. Who asked may withdraw it;
 * admins and finance decide, and may end what they approved.
 *
 * @throws {AppError} "not_found", "forbidden", or "conflict" when it is decided already.
 */
export async function decideIncrease(
  sql: SqlClient,
  viewer: Viewer,
  { budgetId, id }: { readonly budgetId: string; readonly id: string },
  decision: { readonly status: "approved" | "refused" | "withdrawn"; readonly note: string | null },
  now: Date,
  links: Links,
): Promise<IncreaseRecord> {
  return sql.begin(async (tx) => {
    const budget = await lockBudget(tx, viewer, budgetId);
    const [found] = isUuid(id)
      ? await tx<IncreaseRow[]>`
          select * from budget_increase where id = ${id} and budget_id = ${budget.id} for update`
      : [];
    if (found === undefined) {
      throw new AppError("There is no such increase", { code: "not_found" });
    }
    const { status, note } = decision;
    const isOwn = status === "withdrawn" && isAsker(viewer, toRecord(found));
    if (!isOwn && !mayApprove(viewer, budget)) {
      throw new AppError("This needs the role admin or finance", { code: "forbidden" });
    }
    const isEnding = status === "withdrawn" && found.status === "approved" && found.ends_at > now;
    if (found.status !== "requested" && !isEnding) {
      throw new AppError("This increase is decided already", { code: "conflict" });
    }
    const [row] = await tx<IncreaseRow[]>`
      update budget_increase
         set status = ${status}, decided_at = ${now}, decided_by = ${nameOf(viewer)},
             decision_note = ${note}
       where id = ${found.id} returning *`;
    const record = toRecord(row);
    await recordAudit(tx, {
      actor: viewer,
      action: `budget.increase_${status}`,
      target: { kind: "budget", id: budget.id },
      before: auditOf(toRecord(found)),
      after: auditOf(record),
    });
    const asker = isOwn ? null : await addressOf(tx, found.requested_by_user);
    await sayIncrease(tx, record, asker, now, links);
    await tx`select pg_notify(${BUDGET_CHANNEL}, ${budget.id})`;
    return record;
  });
}

/**
 * Whether a viewer asked for an increase, and so may withdraw it while it waits.
 * People and keys are told apart by id, whatever they are called.
 */
export function isAsker(
  viewer: Viewer,
  { requestedByUser, requestedByKey }: Pick<IncreaseRecord, "requestedByUser" | "requestedByKey">,
): boolean {
  return viewer.id === (viewer.kind === "user" ? requestedByUser : requestedByKey);
}

/** All increases of a budget, the newest first. */
export async function listIncreases(sql: SqlClient, budgetId: string): Promise<IncreaseRecord[]> {
  const rows = await sql<IncreaseRow[]>`
    select * from budget_increase where budget_id = ${budgetId}
     order by requested_at desc, id limit 200`;
  return rows.map(toRecord);
}

type IncreaseRow = {
  readonly id: string;
  readonly budget_id: string;
  readonly amount: string;
  readonly reason: string;
  readonly status: IncreaseStatus;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly requested_at: Date;
  readonly requested_by: string;
  readonly requested_by_user: string | null;
  readonly requested_by_key: string | null;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly decision_note: string | null;
};

function toRecord(row: IncreaseRow | undefined): IncreaseRecord {
  if (row === undefined) throw new Error("an increase was not stored");
  return {
    id: row.id,
    budgetId: row.budget_id,
    amount: parseAmount(row.amount),
    reason: row.reason,
    status: row.status,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    requestedAt: row.requested_at,
    requestedBy: row.requested_by,
    requestedByUser: row.requested_by_user,
    requestedByKey: row.requested_by_key,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    decisionNote: row.decision_note,
  };
}

function personOf({ kind, id }: Viewer): string | null {
  return kind === "user" ? id : null;
}

/** The mail address of who asked; null where that was a key, or nobody who may sign in still. */
async function addressOf(tx: Tx, user: string | null): Promise<string | null> {
  if (user === null) return null;
  const [row] = await tx<{ email: string }[]>`
    select email from auth_user where id = ${user} and deactivated_at is null`;
  return row?.email ?? null;
}

function auditOf({ id, amount, reason, status, startsAt, endsAt }: IncreaseRecord) {
  return {
    increase: id,
    amount: printAmount(amount),
    reason,
    status,
    starts_at: startsAt.toISOString(),
    ends_at: endsAt.toISOString(),
  };
}
