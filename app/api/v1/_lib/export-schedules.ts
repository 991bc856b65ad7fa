import { z } from "zod";
import { nextDue } from "#lib/export-calendar/due-times.ts";
import { DestinationSettings } from "#lib/export-schedules/destination.ts";
import type { Run } from "#lib/export-schedules/run-log.ts";
import type { Schedule } from "#lib/export-schedules/schedule-rows.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { limit } from "#lib/parameters/limit.ts";
import { Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

export const ScheduleBody = z.strictObject({
  id: z.string(),
  name: z.string(),
  request: ExportRequest,
  cadence: z.enum(["weekly", "monthly"]),
  day: z.int(),
  hour: z.int(),
  destination: DestinationSettings,
  has_keys: z.boolean(),
  owner: z.string().meta({ description: "With whose rights its files are made" }),
  enabled: z.boolean(),
  paused_because: z.enum(["by_hand", "owner"]).nullable(),
  paused_reason: z.string().nullable(),
  next_due_at: Instant.nullable(),
  created_at: Instant,
});
export const SchedulesBody = z.strictObject({ schedules: z.array(ScheduleBody) });
export const ScheduleDeletedBody = z.strictObject({ id: z.string(), deleted: z.literal(true) });

export const RunBody = z.strictObject({
  id: z.string(),
  kind: z.enum(["due", "asked", "test"]),
  due_at: Instant,
  period_start: Instant,
  period_end: Instant,
  status: z.enum(["pending", "delivered", "failed"]),
  attempts: z.int(),
  next_attempt_at: Instant.nullable(),
  finished_at: Instant.nullable(),
  last_error: z.string().nullable(),
  file: z.string().nullable(),
  location: z.string().nullable(),
  rows: z.int().nullable(),
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  webhook_delivery: z.enum(["pending", "delivered", "failed"]).nullable(),
  control: z.unknown().meta({ description: "The sidecar's control totals; null before the end" }),
});

export const RunsParameters = z.strictObject({ limit: limit(50, 200), cursor: Cursor.optional() });
export const RunsBody = z.strictObject({
  runs: z.array(RunBody),
  next_cursor: z.string().nullable(),
});

export function scheduleBody(
  schedule: Schedule,
  timeZone: string,
  nowMs: number,
): z.input<typeof ScheduleBody> {
  const { id, name, request, cadence, day, hour, settings, pausedAt } = schedule;
  return {
    ...{ id, name, request, cadence, day, hour, destination: settings },
    has_keys: schedule.hasKeys,
    owner: schedule.ownerLabel,
    enabled: pausedAt === null,
    paused_because: schedule.pausedBecause,
    paused_reason: schedule.pausedReason,
    next_due_at: pausedAt === null ? iso(new Date(nextDue(schedule, nowMs, timeZone))) : null,
    created_at: iso(schedule.createdAt),
  };
}

export function runBody(run: Run): z.input<typeof RunBody> {
  return {
    ...{ id: run.id, kind: run.kind, status: run.status, attempts: run.attempts },
    due_at: iso(run.dueAt),
    period_start: iso(run.periodFrom),
    period_end: iso(run.periodTo),
    next_attempt_at: run.nextAttemptAt === null ? null : iso(run.nextAttemptAt),
    finished_at: run.finishedAt === null ? null : iso(run.finishedAt),
    ...{ last_error: run.lastError, file: run.fileName, location: run.location },
    rows: run.rows === null ? null : Number(run.rows),
    bytes: run.bytes === null ? null : Number(run.bytes),
    ...{ sha256: run.sha256, webhook_delivery: run.delivery, control: run.control },
  };
}
