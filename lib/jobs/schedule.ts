import { expireExports } from "#lib/exports/jobs/expire-exports.ts";
import { analyseToday } from "./analyse-today.ts";
import { announceUnpricedModels } from "./announce-unpriced.ts";
import { backfillPrices } from "./backfill-prices.ts";
import { bookLateJob, lookAtClosedMonths } from "./book-late.ts";
import { detectAnomalies, detectDailyAnomalies } from "./detect-anomalies.ts";
import type { Job } from "./job.ts";
import { makePartitions } from "./make-partitions.ts";
import {
  deleteJobRuns,
  deleteNotifications,
  deleteRejections,
  deleteReservations,
  deleteTraceNodes,
} from "./retention.ts";
import { deleteLinkedFiles } from "./schedule-runner.ts";
import { sealAuditLog } from "./seal-audit-log.ts";
import { trimAuditLog } from "./trim-audit-log.ts";

const MINUTE_MS = 60_000;
const TWO_MINUTES_MS = 120_000;
const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** All that the worker does, and how often. */
export const SCHEDULE: readonly Job[] = [
  { name: "seal-audit-log", everyMs: MINUTE_MS, run: sealAuditLog },
  { name: "trim-audit-log", everyMs: DAY_MS, run: trimAuditLog },
  { name: "make-partitions", everyMs: HOUR_MS, run: makePartitions },
  { name: "analyse-today", everyMs: HOUR_MS, run: analyseToday },
  { name: "announce-unpriced", everyMs: MINUTE_MS, run: announceUnpricedModels },
  { name: "backfill-prices", everyMs: TEN_MINUTES_MS, run: backfillPrices },
  { name: "detect-anomalies", everyMs: TWO_MINUTES_MS, run: detectAnomalies },
  { name: "detect-daily-anomalies", everyMs: HOUR_MS, run: detectDailyAnomalies },
  { name: "book-late-changes", everyMs: TEN_MINUTES_MS, run: bookLateJob },
  { name: "look-at-closed-months", everyMs: DAY_MS, run: lookAtClosedMonths },
  { name: "delete-trace-nodes", everyMs: HOUR_MS, run: deleteTraceNodes },
  { name: "delete-rejections", everyMs: DAY_MS, run: deleteRejections },
  { name: "delete-notifications", everyMs: DAY_MS, run: deleteNotifications },
  { name: "delete-linked-files", everyMs: DAY_MS, run: deleteLinkedFiles },
  { name: "delete-reservations", everyMs: DAY_MS, run: deleteReservations },
  {
    name: "expire-exports",
    everyMs: HOUR_MS,
    run: async ({ sql }, now) => ({ expired: await expireExports(sql, now) }),
  },
  { name: "delete-job-runs", everyMs: DAY_MS, run: deleteJobRuns },
];
