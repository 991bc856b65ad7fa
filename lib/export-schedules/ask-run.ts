import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { periodBefore } from "#lib/export-calendar/due-times.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { existing } from "./change-schedule.ts";

/**
 * Asks for a file of the week or month before now, or for a test of the
 * destination; a worker takes it up within seconds, also while the schedule is
 * paused by hand.
 *
 * @returns the run's id.
 * @throws {AppError} "not_found", "forbidden"; "conflict" when one was asked for this very moment.
 */
export async function askRun(
  sql: SqlClient,
  viewer: Viewer,
  { id, kind, now }: { readonly id: string; readonly kind: "asked" | "test"; readonly now: Date },
): Promise<string> {
  const timeZone = await organizationZone(sql);
  return await sql.begin(async (tx) => {
    const schedule = await existing(tx, viewer, id);
    const { from, to } = periodBefore(schedule, now.getTime(), timeZone);
    const [row] = await tx<{ id: string }[]>`
      insert into export_run (schedule_id, kind, due_at, period_from, period_to, next_attempt_at)
      values (${id}, ${kind}, ${now}, ${new Date(from)}, ${new Date(to)}, ${now})
      on conflict (schedule_id, due_at) do nothing returning id`;
    if (row === undefined) throw new AppError("Asked for already", { code: "conflict" });
    await recordAudit(tx, {
      actor: viewer,
      action: kind === "test" ? "export_schedule.tested" : "export_schedule.run",
      target: { kind: "export_schedule", id },
      after: { run: row.id },
    });
    return row.id;
  });
}
