import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { organizationZone } from "#lib/organization/organization-day.ts";
import { localDay } from "#lib/time/calendar.ts";
import { dayStart } from "#lib/time/zone.ts";
import { type RefitResult, refitForecasts } from "./refit.ts";

/** The class of the advisory lock under which one worker refits at a time. */
const REFIT_LOCK = 7_302_041;
/** What arrives late belongs to the day that is over. */
const AFTER_MIDNIGHT_MS = 15 * 60_000;
const RETRY_MS = 10 * 60_000;
const LONGEST_ERROR = 500;

/** Asks for a refit; one that already waits is enough. */
export async function requestRefit(sql: SqlClient, viewer: Viewer, now: Date): Promise<void> {
  await sql`
    insert into forecast_run (requested_at, requested_by)
    select ${now}, ${viewer.label}
     where not exists (select from forecast_run where finished_at is null and started_at is null)`;
}

/** When the newest forecasts were made, and whether newer ones are on their way. */
export async function refitState(
  sql: SqlClient,
): Promise<{ readonly finishedAt: Date | null; readonly isUnderWay: boolean }> {
  const [row] = await sql<{ finished: Date | null; open: boolean }[]>`
    select (select max(finished_at) from forecast_run where error is null) as finished,
           exists (select from forecast_run where finished_at is null) as open`;
  return { finishedAt: row?.finished ?? null, isUnderWay: row?.open ?? false };
}

/**
 * Refits all series if it is due or asked for, and no other worker does it:
 * once a day, a quarter of an hour after midnight of the organisation's zone,
 * when a price was recorded or withdrawn, and again while there was nothing to
 * forecast from.
 *
 * @returns null when there was nothing to do.
 */
export async function refitIfDue(
  sql: SqlClient,
  clock: () => Date,
  signal: AbortSignal,
): Promise<RefitResult | null> {
  if (!(await isRefitDue(sql, clock()))) return null;
  return (await sql.begin(async (tx) => {
    const [lock] = await tx<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${REFIT_LOCK}) as taken`;
    if (lock?.taken !== true || !(await isRefitDue(sql, clock()))) return null;
    return refitNoted(sql, clock, signal);
  })) as RefitResult | null;
}

/** Whether {@link refitIfDue} would find something to do, if no other worker does it. */
export async function isRefitDue(sql: SqlClient, now: Date): Promise<boolean> {
  const timeZone = await organizationZone(sql);
  const midnight = dayStart(now.getTime(), timeZone);
  const [row] = await sql<
    {
      open: boolean;
      repriced: boolean;
      day: string | null;
      series: number | null;
      at: Date | null;
      fed: boolean;
    }[]
  >`
    with newest as (
      select day, series, finished_at as at, started_at from forecast_run
       where finished_at is not null order by finished_at desc limit 1
    )
    select exists (select from forecast_run where finished_at is null) as open,
           exists (select from price_rate, newest
                    where greatest(recorded_at, superseded_at) > started_at) as repriced,
           (select day::text from newest where series > 0) as day,
           (select series from newest) as series, (select at from newest) as at,
           exists (select from usage_day where day < ${new Date(midnight)}) as fed`;
  if (row === undefined) return false;
  if (row.open || row.repriced) return true;
  if (!row.fed || row.day === localDay(midnight, timeZone)) return false;
  const hasFailed = row.series === 0 && row.at !== null;
  if (hasFailed) return now.getTime() - (row.at?.getTime() ?? 0) >= RETRY_MS;
  return row.at === null || now.getTime() - midnight >= AFTER_MIDNIGHT_MS;
}

async function refitNoted(
  sql: SqlClient,
  clock: () => Date,
  signal: AbortSignal,
): Promise<RefitResult> {
  const now = clock();
  const [run] = await sql<{ id: bigint }[]>`
    insert into forecast_run (requested_at, requested_by, started_at)
    values (${now}, 'Outlay', ${now}) returning id`;
  const id = run?.id ?? 0n;
  const end = (result: RefitResult | null, error: string | null) => sql`
    update forecast_run
       set started_at = coalesce(started_at, ${now}), finished_at = ${clock()},
           day = ${result?.day ?? null}::text::date, series = ${result?.series ?? 0},
           fit_ms = ${result?.fitMs ?? null}, error = ${error}
     where finished_at is null and (id = ${String(id)}::text::int8 or requested_at <= ${now})`;
  try {
    const result = await refitForecasts(sql, now, signal);
    // Ended early: the next worker finds it open, and does it whole.
    if (!signal.aborted) await end(result, null);
    await sql`delete from forecast_run where finished_at < ${now}::timestamptz - interval '400 days'`;
    return result;
  } catch (error) {
    await end(null, (error as Error).message.slice(0, LONGEST_ERROR));
    throw error;
  }
}
