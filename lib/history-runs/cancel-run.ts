import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type HistoryRun, type HistoryRunKind, isOpen, readRun } from "./history-run.ts";
import { decimals } from "./request-run.ts";

/**
 * Ends a run that waits or goes on. What its steps have changed stays changed,
 * with its figures on record, and the rest stays as it was: every step is whole.
 *
 * @throws {AppError} "not_found"; "conflict" when the run has ended already.
 */
export async function cancelRun(
  sql: SqlClient,
  kind: HistoryRunKind,
  id: bigint,
  actor: AuditActor,
  now: Date,
): Promise<HistoryRun> {
  return sql.begin(async (tx) => {
    // A step under way is waited for.
    await tx`select 1 from history_run where id = ${`${id}`}::int8 for update`;
    const run = await readRun(tx, id);
    if (run?.kind !== kind) throw new AppError(because("no_run"), { code: "not_found" });
    if (!isOpen(run)) throw new AppError(because("run_over"), { code: "conflict" });
    await tx`
      update history_run set state = 'cancelled', finished_at = ${now}
       where id = ${`${id}`}::int8`;
    if (run.mode === "apply") {
      const { calls, old_cost, new_cost } = decimals(run);
      await recordAudit(tx, {
        actor,
        action:
          kind === "reprice" ? "history.repricing_cancelled" : "history.reallocation_cancelled",
        target: { kind: "history_run", id: `${id}` },
        after: { calls, old_cost, new_cost },
      });
    }
    return { ...run, state: "cancelled", finishedAt: now };
  });
}
