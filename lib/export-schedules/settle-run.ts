import type { JSONValue } from "postgres";
import { SYSTEM } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { ClaimedRun } from "./claim-run.ts";
import type { Outcome } from "./work-on-run.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Between one attempt and the next: eight attempts over about a day. */
export const RETRY_DELAYS_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  7 * HOUR_MS,
  13 * HOUR_MS,
];

const LONGEST_ERROR = 500;

/** Writes the log's entry, and what is announced with it. What is no more this worker's is left as it is. */
export async function settleSuccess(
  sql: SqlClient,
  run: ClaimedRun,
  { location, announce, file }: Outcome,
  now: Date,
): Promise<void> {
  await sql.begin(async (tx) => {
    if (!(await holdRun(tx, run))) return;
    const eventId = announce === undefined ? null : await announce(tx);
    const control = file?.control;
    await tx`
      update export_run
         set status = 'delivered', finished_at = ${now}, leased_until = null, last_error = null,
             location = ${location}, event_id = ${eventId}, file_name = ${file?.name ?? null},
             media_type = ${file?.mediaType ?? null}, rows = ${control?.rows ?? null},
             bytes = ${control?.bytes ?? null}, sha256 = ${control?.sha256 ?? null},
             control = ${control === undefined ? null : tx.json(control as JSONValue)}
       where id = ${run.id}`;
    if (file === undefined) return;
    await recordAudit(tx, {
      actor: { kind: run.owner.kind, id: run.owner.id, label: run.owner.label },
      action: "export.delivered",
      target: { kind: "export_schedule", id: run.scheduleId },
      after: { run: run.id, file: file.name, sha256: file.control.sha256, location },
    });
  });
}

/**
 * Notes a failure and when to try again. Where the owner has lost the right the
 * schedule stops and says why: others would have to be asked first.
 */
export async function settleFailure(
  sql: SqlClient,
  run: ClaimedRun,
  error: unknown,
  now: Date,
): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ERROR);
  const code = error instanceof AppError ? error.code : null;
  const delayMs = RETRY_DELAYS_MS[run.attempts - 1];
  const isHopeless = code === "forbidden" || code === "invalid" || code === "too_large";
  const isOver = delayMs === undefined || isHopeless || run.kind === "test";
  await sql.begin(async (tx) => {
    if (!(await holdRun(tx, run))) return;
    await tx`
      update export_run
         set status = ${isOver ? "failed" : "pending"}, finished_at = ${isOver ? now : null},
             last_error = ${reason}, leased_until = null,
             next_attempt_at = ${isOver ? now : new Date(now.getTime() + (delayMs ?? 0))}
       where id = ${run.id}`;
    if (code === "forbidden" && run.kind !== "test") await stopSchedule(tx, run, reason, now);
  });
}

/** Whether it is still this worker's, and nobody else's until the transaction ends. */
async function holdRun(tx: Tx, { id, lease }: ClaimedRun): Promise<boolean> {
  const [row] = await tx`
    select from export_run
     where id = ${id} and leased_by = ${lease} and status = 'pending' for update`;
  return row !== undefined;
}

async function stopSchedule(tx: Tx, run: ClaimedRun, reason: string, now: Date): Promise<void> {
  const stopped = await tx`
    update export_schedule
       set paused_at = ${now}, paused_because = 'owner', paused_reason = ${reason}
     where id = ${run.scheduleId} and paused_at is null
    returning id`;
  if (stopped.length === 0) return;
  await tx`
    update export_run set status = 'failed', finished_at = ${now}, last_error = ${reason}
     where schedule_id = ${run.scheduleId} and status = 'pending' and id <> ${run.id}`;
  await recordAudit(tx, {
    actor: SYSTEM,
    action: "export_schedule.stopped",
    target: { kind: "export_schedule", id: run.scheduleId },
    after: { reason },
  });
}
