import { SYSTEM } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { assertMonthsOpen } from "#lib/close/closed-months.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { References, type Referred } from "#lib/ingest/references.ts";
import { USAGE_CHANNEL } from "#lib/ingest/usage-channel.ts";
import { lockLedger } from "#lib/ingest/writer-lock.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import {
  type HistoryRun,
  type HistoryRunKind,
  isOpen,
  openRun,
  PASS_BY_SUMS,
  readRun,
} from "./history-run.ts";
import { applyRefiling, createStage, noteChanges } from "./refile.ts";
import { decimals } from "./request-run.ts";
import { writeRestated } from "./write-restated.ts";

/** A stretch of time (to exclusive) with rows to look at, small enough for one transaction. */
export type HistoryStep = { readonly from: Date; readonly to: Date } & (
  | { readonly stage: Stage }
  | { readonly restate: Restate }
);

/**
 * Puts the rows of the stretch that are to be filed anew into the stage of
 * `createStage`. The ledger is locked: all that needs another connection is
 * done before, for the others may wait for this one.
 *
 * @returns What the new filings refer to.
 */
type Stage = (tx: Tx) => Promise<readonly Referred[]>;

/** Changes the figures of the stretch by sums; its rows are written when the run has ended. @returns how many these are. */
type Restate = (tx: Tx) => Promise<number>;

/** One sort of change of history. */
export type HistoryWork = {
  /** The next step at or after `from`; null when there is none. */
  readonly nextStep: (sql: SqlClient, run: HistoryRun, from: Date) => Promise<HistoryStep | null>;
};

export type HistoryWorks = { readonly [Kind in HistoryRunKind]: HistoryWork };

/** Events that arrive during a pass may have been filed by what was known before it. */
const MOST_PASSES = 5;

/**
 * Does one step of the oldest open run, or ends it, or writes rows that a run
 * before it has restated. Each step is one transaction:
 * the ledger, the rollups and the run's position agree whenever it is killed,
 * and whoever comes next goes on from there.
 *
 * @returns Whether there was anything to do.
 */
export async function workOnRun(
  sql: SqlClient,
  works: HistoryWorks,
  clock: () => Date,
): Promise<boolean> {
  const run = await openRun(sql);
  // What one run has restated is written before another begins.
  if ((run === null || run.startedAt === null) && (await writeRestated(sql))) return true;
  if (run === null) return false;
  const timeZone = await organizationZone(sql);
  try {
    const step = await works[run.kind].nextStep(sql, run, run.position ?? run.from);
    if (step === null) await endPass(sql, run, clock());
    else await takeStep(sql, run, step, timeZone, clock());
  } catch (error) {
    // What a person has to settle ends the run; anything else is tried again.
    if (!(error instanceof AppError) || error.code === "unavailable") throw error;
    await fail(sql, run, error, clock());
  }
  return true;
}

async function takeStep(
  sql: SqlClient,
  run: HistoryRun,
  step: HistoryStep,
  timeZone: string,
  now: Date,
): Promise<void> {
  await sql.begin(async (tx) => {
    if (run.mode === "apply") await lockLedger(tx);
    await lockRun(tx, run);
    if (!(await isStillAt(tx, run))) return;
    const rows = await doStep(tx, run, step, timeZone);
    await tx`
      update history_run r
         set state = 'running', started_at = coalesce(started_at, ${now}), position = ${step.to},
             rows = r.rows + ${rows}, pass_rows = pass_rows + ${rows}, calls = c.calls,
             old_cost = c.old_cost, new_cost = c.new_cost,
             old_list_cost = c.old_list_cost, new_list_cost = c.new_list_cost
        from (select coalesce(sum(calls), 0) as calls, coalesce(sum(old_cost), 0) as old_cost,
                     coalesce(sum(new_cost), 0) as new_cost,
                     coalesce(sum(old_list_cost), 0) as old_list_cost,
                     coalesce(sum(new_list_cost), 0) as new_list_cost
                from history_run_change where run_id = ${`${run.id}`}::int8) as c
       where r.id = ${`${run.id}`}::int8`;
    if (rows > 0 && run.mode === "apply") await tx`select pg_notify(${USAGE_CHANNEL}, '')`;
  });
}

/** @returns how many rows it changed, or would change. */
async function doStep(
  tx: Tx,
  run: HistoryRun,
  step: HistoryStep,
  timeZone: string,
): Promise<number> {
  if (run.mode === "apply") await assertMonthsOpen(tx, run.from, run.to, timeZone);
  if ("restate" in step) return step.restate(tx);
  await createStage(tx);
  const references = new References().inTransaction();
  const referred = await step.stage(tx);
  if (run.mode === "preview") {
    // Nobody is to find a team that only a preview named.
    await references.store(
      tx,
      referred.map((row) => ({ ...row, newTeam: null })),
    );
    return noteChanges(tx, { runId: run.id, timeZone });
  }
  await references.store(tx, referred);
  const { from, to } = step;
  return applyRefiling(tx, { runId: run.id, pass: run.pass, timeZone, from, to });
}

/** A step of a run is done once, however many workers there are. */
async function lockRun(tx: Tx, run: HistoryRun): Promise<void> {
  await tx`select 1 from history_run where id = ${`${run.id}`}::int8 for update`;
}

/** Another worker may have done the step meanwhile. */
async function isStillAt(tx: Tx, run: HistoryRun): Promise<boolean> {
  const now = await readRun(tx, run.id);
  return (
    now !== null &&
    isOpen(now) &&
    now.pass === run.pass &&
    now.position?.getTime() === run.position?.getTime()
  );
}

/** A pass that filed something is followed by another, which finds what arrived meanwhile. */
async function endPass(sql: SqlClient, run: HistoryRun, now: Date): Promise<void> {
  await sql.begin(async (tx) => {
    await lockRun(tx, run);
    if (!(await isStillAt(tx, run))) return;
    const mayBeMore = run.passRows > 0 && run.pass < MOST_PASSES;
    if (run.mode === "apply" && (mayBeMore || run.pass === PASS_BY_SUMS)) {
      await tx`
        update history_run set pass = pass + 1, pass_rows = 0, position = null
         where id = ${`${run.id}`}::int8`;
      return;
    }
    await tx`
      update history_run
         set state = 'done', started_at = coalesce(started_at, ${now}), finished_at = ${now},
             position = period_to
       where id = ${`${run.id}`}::int8`;
    if (run.mode === "preview") return;
    await recordAudit(tx, {
      actor: SYSTEM,
      action: run.kind === "reprice" ? "history.repriced" : "history.reallocated",
      target: { kind: "history_run", id: `${run.id}` },
      before: { cost: decimals(run).old_cost, list_cost: decimals(run).old_list_cost },
      after: { cost: decimals(run).new_cost, list_cost: decimals(run).new_list_cost },
    });
  });
}

async function fail(sql: SqlClient, run: HistoryRun, error: AppError, now: Date): Promise<void> {
  await sql`
    update history_run set state = 'failed', finished_at = ${now}, error = ${error.message.slice(0, 500)}
     where id = ${`${run.id}`}::int8 and state in ('queued', 'running')`;
}
