import { setTimeout as sleep } from "node:timers/promises";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { UUID } from "./schedule-rows.ts";

/** What became of one run. */
export type Run = {
  readonly id: string;
  readonly seq: bigint;
  readonly kind: "due" | "asked" | "test";
  readonly dueAt: Date;
  readonly periodFrom: Date;
  readonly periodTo: Date;
  readonly status: "pending" | "delivered" | "failed";
  readonly attempts: number;
  /** Null when it is over. */
  readonly nextAttemptAt: Date | null;
  readonly finishedAt: Date | null;
  readonly lastError: string | null;
  readonly fileName: string | null;
  readonly location: string | null;
  readonly rows: bigint | null;
  readonly bytes: bigint | null;
  readonly sha256: string | null;
  readonly control: unknown;
  /** Of a webhook: how the delivery of its event stands; null elsewhere. */
  readonly delivery: "pending" | "delivered" | "failed" | null;
};

const LOOK_MS = 100;

/** A schedule's runs, the newest first. @throws {AppError} "forbidden" unless they see all money. */
export async function listRuns(
  sql: SqlClient,
  viewer: Viewer,
  query: { readonly scheduleId: string; readonly limit: number; readonly before: bigint | null },
): Promise<readonly Run[]> {
  requireFinance(viewer);
  if (!UUID.test(query.scheduleId)) return [];
  return await selectRuns(sql, { ...query, id: null });
}

/** The run once it has been tried, or as it stands when the time is over; null when it is gone. */
export async function afterFirstTry(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  patienceMs: number,
): Promise<Run | null> {
  requireFinance(viewer);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const [run] = await selectRuns(sql, { id, scheduleId: null, limit: 1, before: null });
    const isOver = run === undefined || run.status !== "pending" || run.lastError !== null;
    if (isOver || performance.now() >= deadline) return run ?? null;
    await sleep(LOOK_MS);
  }
}

function selectRuns(
  sql: SqlClient,
  {
    id,
    scheduleId,
    limit,
    before,
  }: {
    readonly id: string | null;
    readonly scheduleId: string | null;
    readonly limit: number;
    readonly before: bigint | null;
  },
) {
  return sql<Run[]>`
    select run.id, run.seq, run.kind, run.due_at as "dueAt", run.period_from as "periodFrom",
           run.period_to as "periodTo", run.status, run.attempts,
           case when run.status = 'pending' then run.next_attempt_at end as "nextAttemptAt",
           run.finished_at as "finishedAt", run.last_error as "lastError",
           run.file_name as "fileName", run.location, run.rows, run.bytes, run.sha256, run.control,
           (select delivery.status from webhook_delivery as delivery
             where delivery.event_id = run.event_id order by delivery.seq desc limit 1) as delivery
      from export_run as run
     where (${id}::uuid is null or run.id = ${id}::uuid)
       and (${scheduleId}::uuid is null or run.schedule_id = ${scheduleId}::uuid)
       and (${before}::bigint is null or run.seq < ${before}::bigint)
     order by run.seq desc
     limit ${limit}`;
}
