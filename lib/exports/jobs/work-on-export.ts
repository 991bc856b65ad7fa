import type { Database, SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { ControlTotals } from "../control.ts";
import { openExport } from "../open-export.ts";
import { askerOf } from "./asker.ts";
import { type ExportJob, type ExportJobRow, jobColumns, toExportJob } from "./export-job.ts";
import { piecesOf } from "./pieces.ts";

const MOST_ATTEMPTS = 3;
const LEASE_MS = 60_000;
const RENEW_MS = 10_000;
const KEPT_MS = 7 * 86_400_000;

/** Somebody cancelled it, or another worker has it. */
class LostExport extends Error {}

/**
 * Writes the file of the oldest export that waits, or whose worker has gone.
 * A file is of one snapshot, so one that broke off is begun anew: what was
 * written of it is of an earlier attempt, and never served.
 *
 * @returns Whether there was one.
 */
export async function workOnExport(
  store: Pick<Database, "sql" | "db">,
  clock: () => Date,
  signal: AbortSignal,
): Promise<boolean> {
  const job = await claim(store.sql, clock());
  if (job === null) return false;
  const stop = new AbortController();
  const hold = keepLease(store.sql, job, clock, stop);
  try {
    await write(store, job, { clock, signal: AbortSignal.any([signal, stop.signal]), hold });
  } catch (error) {
    await giveUp(store.sql, job, { error, isStopped: signal.aborted, now: clock() });
  } finally {
    hold.end();
  }
  return true;
}

async function claim(sql: SqlClient, now: Date): Promise<ExportJob | null> {
  const [row] = await sql<ExportJobRow[]>`
    update export_job
       set state = 'running', attempt = attempt + 1, rows_done = 0, rows_total = null,
           leased_until = ${new Date(now.getTime() + LEASE_MS)}
     where id = (select id from export_job
                  where state = 'queued' or state = 'running' and leased_until < ${now}
                  order by asked_at limit 1 for update skip locked)
    returning ${jobColumns(sql)}`;
  if (row === undefined) return null;
  await sql`delete from export_piece where job_id = ${row.id}::uuid and attempt < ${row.attempt}`;
  return toExportJob(row);
}

type Hold = { rows: number; total: number | null; readonly end: () => void };

/** Says now and then that the file is worked on and how far it is; stops it when it is not ours any more. */
function keepLease(
  sql: SqlClient,
  { id, attempt }: ExportJob,
  clock: () => Date,
  stop: AbortController,
): Hold {
  const renew = async () => {
    const until = new Date(clock().getTime() + LEASE_MS);
    const [held] = await sql`
      update export_job
         set leased_until = ${until}, rows_done = ${hold.rows}, rows_total = ${hold.total}
       where id = ${id}::uuid and attempt = ${attempt} and state = 'running' returning id`;
    if (held === undefined) stop.abort(new LostExport("the export is not ours any more"));
  };
  // A renewal that fails is tried again; without any the lease ends.
  const timer = setInterval(() => void renew().catch(() => {}), RENEW_MS);
  const hold: Hold = { rows: 0, total: null, end: () => clearInterval(timer) };
  return hold;
}

type Work = {
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  readonly hold: Hold;
};

async function write(
  store: Pick<Database, "sql" | "db">,
  job: ExportJob,
  { clock, signal, hold }: Work,
): Promise<void> {
  const { sql } = store;
  if (job.attempt > MOST_ATTEMPTS) {
    throw new AppError(`Tried ${MOST_ATTEMPTS} times without an end`, { code: "unavailable" });
  }
  const viewer = await askerOf(store, job, clock());
  if (viewer === null) {
    throw new AppError("Whoever asked has no access any more", { code: "forbidden" });
  }
  const onRows = (rows: number) => {
    hold.rows = rows;
  };
  const options = { pace: "unattended", signal, onRows } as const;
  const opened = await openExport(sql, viewer, job.request, clock(), options);
  hold.total = opened.early.rows;
  let number = 0;
  for await (const piece of piecesOf(opened.body)) {
    await sql`
      insert into export_piece (job_id, attempt, number, bytes)
      values (${job.id}, ${job.attempt}, ${number}, ${piece})`;
    number += 1;
  }
  await finish(sql, job, {
    control: opened.control(),
    mediaType: opened.mediaType,
    teams: viewer.teams,
    now: clock(),
  });
}

type Done = {
  readonly control: ControlTotals;
  readonly mediaType: string;
  readonly teams: "all" | readonly string[];
  readonly now: Date;
};

async function finish(
  sql: SqlClient,
  { id, attempt }: ExportJob,
  { control, mediaType, teams, now }: Done,
): Promise<void> {
  const [done] = await sql`
    update export_job
       set state = 'done', finished_at = ${now}, leased_until = null, media_type = ${mediaType},
           expires_at = ${new Date(now.getTime() + KEPT_MS)}, rows_done = ${control.rows},
           rows_total = ${control.rows}, control = ${JSON.stringify(control)}::text::jsonb,
           teams = ${JSON.stringify(teams)}::text::jsonb
     where id = ${id}::uuid and attempt = ${attempt} and state = 'running' returning id`;
  if (done === undefined) throw new LostExport("the export is not ours any more");
}

type Failure = { readonly error: unknown; readonly isStopped: boolean; readonly now: Date };

/** What the asker can do nothing about is tried again; a worker that stops hands its work on at once. */
async function giveUp(
  sql: SqlClient,
  { id, attempt }: ExportJob,
  { error, isStopped, now }: Failure,
): Promise<void> {
  await sql`delete from export_piece where job_id = ${id}::uuid and attempt = ${attempt}`;
  const isFinal = error instanceof AppError && !isStopped;
  await sql`
    update export_job
       set state = ${isFinal ? "failed" : "queued"}, leased_until = null,
           finished_at = ${isFinal ? now : null}, error = ${isFinal ? error.message : null}
     where id = ${id}::uuid and attempt = ${attempt} and state = 'running'`;
  if (!isFinal && !isStopped && !(error instanceof LostExport)) throw error;
}
