import { randomUUID } from "node:crypto";
import { closedMonths } from "#lib/close/closed-months.ts";
import type { Database } from "#lib/db/client.ts";
import type { ControlTotals } from "#lib/exports/control.ts";
import { openExport } from "#lib/exports/open-export.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type ClaimedRun, claimRun, LEASE_MS, renewLease } from "./claim-run.ts";
import type { Delivered } from "./destination.ts";
import { openDestination } from "./open-destination.ts";
import { ownerViewer } from "./owner-viewer.ts";
import { requestFor } from "./period-parameters.ts";
import { settleFailure, settleSuccess } from "./settle-run.ts";
import { type ScheduledControl, scheduledControl } from "./sidecar.ts";

/** What making and delivering files depends on. */
export type DeliveryDeps = {
  readonly database: Pick<Database, "db" | "sql">;
  readonly secret: string;
  readonly publicUrl: string;
  readonly webhookAllow: readonly string[];
  readonly exportDir: string | null;
};

/** What a run came to; a test makes no file. */
export type Outcome = Delivered & {
  readonly file?: {
    readonly name: string;
    readonly mediaType: string;
    readonly control: ScheduledControl;
  };
};

/**
 * Makes and delivers the file of one run that is due. Each attempt makes the
 * file anew and puts it under the same name, so one that was killed anywhere
 * leaves one file and one entry of the log.
 *
 * @returns whether there was one.
 */
export async function workOnRun(
  deps: DeliveryDeps,
  clock: () => Date,
  stopping: AbortSignal,
): Promise<boolean> {
  const { sql } = deps.database;
  const run = await claimRun(sql, { lease: randomUUID(), now: clock() });
  if (run === null) return false;
  const lost = new AbortController();
  const renewing = setInterval(() => {
    renewLease(sql, run, clock()).then(
      (isOurs) => isOurs || lost.abort(new Error("another worker has the run")),
      () => {},
    );
  }, LEASE_MS / 3);
  try {
    const signal = AbortSignal.any([stopping, lost.signal]);
    const outcome = await attemptRun(deps, run, clock(), signal);
    await settleSuccess(sql, run, outcome, clock());
  } catch (error) {
    await settleFailure(sql, run, error, clock());
  } finally {
    clearInterval(renewing);
  }
  return true;
}

async function attemptRun(
  deps: DeliveryDeps,
  run: ClaimedRun,
  now: Date,
  signal: AbortSignal,
): Promise<Outcome> {
  const viewer = await ownerViewer(deps.database, run.owner, now);
  const destination = openDestination(deps, run, now);
  if (run.kind === "test") return await destination.test(signal);
  const { sql } = deps.database;
  const timeZone = await organizationZone(sql);
  const period = { from: run.periodFrom, to: run.periodTo };
  const opened = await openExport(sql, viewer, requestFor(run.request, period, timeZone), now, {
    pace: "unattended",
    signal,
  });
  const name = run.fileName ?? safeName(opened.fileName);
  await sql`update export_run set file_name = ${name} where id = ${run.id}`;
  const closed = await closedMonths(sql, period.from, period.to, timeZone);
  const facts = { publicUrl: deps.publicUrl, closedMonths: closed };
  const control = () => scheduledControl(named(opened.control(), name), run, facts);
  const { mediaType, body } = opened;
  const sidecar = () => `${JSON.stringify(control(), null, 2)}\n`;
  const file = { runId: run.id, name, mediaType, body, sidecar };
  const delivered = await destination.deliver(file, signal);
  return { ...delivered, file: { name, mediaType, control: control() } };
}

function named(control: ControlTotals, file: string): ControlTotals {
  return { ...control, file };
}

/** Names of teams and cost centres may hold anything; those of files here do not. */
function safeName(name: string): string {
  return name
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^\.+/, "")
    .slice(-180);
}
