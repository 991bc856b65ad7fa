import { NewSchedule, ScheduleChange } from "#lib/export-schedules/schedule-input.ts";
import {
  RunBody,
  RunsBody,
  RunsParameters,
  ScheduleBody,
  ScheduleDeletedBody,
  SchedulesBody,
} from "./export-schedules.ts";
import type { Operation } from "./openapi.ts";

const json = (schema: Operation["answer"]["schema"]) => ({ type: "application/json", schema });

/** What the API's description says of scheduled exports. */
export const SCHEDULE_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/export-schedules",
    summary: "Exports that are made and delivered weekly or monthly",
    answer: json(SchedulesBody),
  },
  {
    method: "post",
    path: "/export-schedules",
    summary: "Add a schedule to a directory, S3-compatible storage or a webhook",
    body: NewSchedule,
    answer: json(ScheduleBody),
  },
  {
    method: "get",
    path: "/export-schedules/{id}",
    summary: "One schedule",
    answer: json(ScheduleBody),
  },
  {
    method: "patch",
    path: "/export-schedules/{id}",
    summary: "Change a schedule, pause it or let it go on; whoever changes it becomes its owner",
    body: ScheduleChange,
    answer: json(ScheduleBody),
  },
  {
    method: "delete",
    path: "/export-schedules/{id}",
    summary: "Remove a schedule with its log",
    answer: json(ScheduleDeletedBody),
  },
  {
    method: "post",
    path: "/export-schedules/{id}/run",
    summary: "Make and deliver the file of the week or month before now",
    answer: json(RunBody),
  },
  {
    method: "post",
    path: "/export-schedules/{id}/test",
    summary: "Try the destination; answers after the try, or eight seconds",
    answer: json(RunBody),
  },
  {
    method: "get",
    path: "/export-schedules/{id}/runs",
    summary: "What was delivered and what failed, newest first",
    query: RunsParameters,
    answer: json(RunsBody),
  },
];
