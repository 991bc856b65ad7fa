import type { ControlTotals } from "#lib/exports/control.ts";
import type { ClaimedRun } from "./claim-run.ts";

/** The control totals of a scheduled file, and of which months they cannot change any more. */
export type ScheduledControl = ControlTotals & {
  readonly schedule: { readonly id: string; readonly name: string; readonly due_at: string };
  readonly period_start: string;
  readonly period_end: string;
  /** Those that the period touches and that were closed when the file was made, as `2026-10`. */
  readonly closed_months: readonly string[];
};

export function scheduledControl(
  control: ControlTotals,
  run: ClaimedRun,
  {
    publicUrl,
    closedMonths,
  }: { readonly publicUrl: string; readonly closedMonths: readonly string[] },
): ScheduledControl {
  return {
    ...control,
    link: `${publicUrl}${control.link}`,
    schedule: { id: run.scheduleId, name: run.scheduleName, due_at: run.dueAt.toISOString() },
    period_start: run.periodFrom.toISOString(),
    period_end: run.periodTo.toISOString(),
    closed_months: closedMonths,
  };
}
