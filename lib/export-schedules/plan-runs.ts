import type { SqlClient } from "#lib/db/client.ts";
import { dueTimes, periodBefore } from "#lib/export-calendar/due-times.ts";
import { organizationZone } from "#lib/reports/read-only.ts";

/** After a long stop the newest so many runs of a schedule are made up for. */
const MOST_MISSED = 12;

type Planned = {
  readonly id: string;
  readonly cadence: "weekly" | "monthly";
  readonly day: number;
  readonly hour: number;
  readonly plannedUntil: Date;
};

/**
 * Writes down the runs that have fallen due. Whoever plans holds the schedule,
 * and a due time has one run, so any number of workers may plan at once.
 *
 * @returns how many runs there are more.
 */
export async function planRuns(sql: SqlClient, now: Date): Promise<number> {
  const timeZone = await organizationZone(sql);
  return await sql.begin(async (tx) => {
    const schedules = await tx<Planned[]>`
      select id, cadence, day, hour, planned_until as "plannedUntil"
        from export_schedule
       where paused_at is null and planned_until < ${now}
         for update skip locked`;
    let planned = 0;
    for (const schedule of schedules) {
      const span = { afterMs: schedule.plannedUntil.getTime(), untilMs: now.getTime() };
      const due = dueTimes(schedule, { ...span, most: MOST_MISSED }, timeZone);
      if (due.length === 0) continue;
      for (const ms of due) {
        const { from, to } = periodBefore(schedule, ms, timeZone);
        const made = await tx`
          insert into export_run (schedule_id, kind, due_at, period_from, period_to, next_attempt_at)
          values (${schedule.id}, 'due', ${new Date(ms)}, ${new Date(from)}, ${new Date(to)}, ${now})
          on conflict (schedule_id, due_at) do nothing returning id`;
        planned += made.length;
      }
      await tx`
        update export_schedule set planned_until = ${new Date(due.at(-1) ?? 0)}
         where id = ${schedule.id}`;
    }
    return planned;
  });
}
