import { analyseToday } from "./analyse-today.ts";
import type { Job } from "./job.ts";
import { makePartitions } from "./make-partitions.ts";
import { deleteJobRuns, deleteRejections, deleteTraceNodes } from "./retention.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** All that the worker does, and how often. */
export const SCHEDULE: readonly Job[] = [
  { name: "make-partitions", everyMs: HOUR_MS, run: makePartitions },
  { name: "analyse-today", everyMs: HOUR_MS, run: analyseToday },
  { name: "delete-trace-nodes", everyMs: HOUR_MS, run: deleteTraceNodes },
  { name: "delete-rejections", everyMs: DAY_MS, run: deleteRejections },
  { name: "delete-job-runs", everyMs: DAY_MS, run: deleteJobRuns },
];
