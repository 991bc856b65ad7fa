import { watchBudgets } from "#lib/budget-control/watch.ts";
import { readServiceConfig } from "#lib/config.ts";
import { openDatabase } from "#lib/db/client.ts";
import { createLog } from "#lib/log.ts";
import { createMailer } from "#lib/mail/mailer.ts";
import { startDispatcher } from "#lib/notifications/dispatcher.ts";
import { serveUntilStopped } from "#lib/runtime/part-process.ts";
import { startExportRunner } from "./export-runner.ts";
import { startForecastRunner } from "./forecast-runner.ts";
import { BEHIND_TELEMETRY, giveWay } from "./give-way.ts";
import { startHistoryRunner } from "./history-runner.ts";
import { SCHEDULE } from "./schedule.ts";
import { startScheduleRunner } from "./schedule-runner.ts";
import { startWorker } from "./worker.ts";
import { startZoneRunner } from "./zone-runner.ts";

const REST_MS = 10_000;

// The worker: background jobs. It keeps nothing between two runs, so any number
// of workers may share a database, and none is missed when it is killed.
const config = readServiceConfig(process.env);
const log = createLog("worker");
const database = openDatabase(config.databaseUrl, {
  maxConnections: 6,
  applicationName: "outlay-worker",
});
const [server] = await database.sql<{ version: string }[]>`
  select current_setting('server_version') as version`;
log.info("the database answers", { postgres: server?.version, jobs: SCHEDULE.length });
giveWay(BEHIND_TELEMETRY);
const stop = startWorker({
  deps: { sql: database.sql, publicUrl: config.publicUrl },
  jobs: SCHEDULE,
  log,
  restMs: REST_MS,
  clock: () => new Date(),
});
const stopHistory = startHistoryRunner(database.sql, log, () => new Date());

const stopExports = startExportRunner(database, createLog("exports"), () => new Date());

const stopForecasts = startForecastRunner(database.sql, createLog("forecasts"), () => new Date());
const stopSchedules = startScheduleRunner(
  {
    database,
    ...{ secret: config.secret, publicUrl: config.publicUrl },
    ...{ webhookAllow: config.webhookAllow, exportDir: config.exportDir },
  },
  createLog("schedules"),
  () => new Date(),
);
const stopBudgets = await watchBudgets({
  sql: database.sql,
  links: { publicUrl: config.publicUrl },
  log: createLog("budgets"),
  clock: () => new Date(),
});

const stopDispatcher = startDispatcher({
  sql: database.sql,
  sender: {
    secret: config.secret,
    guard: { allow: config.webhookAllow },
    mailer: createMailer(config.mail),
  },
  publicUrl: config.publicUrl,
  log: createLog("notifications"),
  clock: () => new Date(),
});

const stopZones = startZoneRunner(database.sql, log, () => new Date());

serveUntilStopped(log, async () => {
  await Promise.all([
    stop(),
    stopHistory(),
    stopZones(),
    stopForecasts(),
    stopExports(),
    stopSchedules(),
    stopBudgets(),
    stopDispatcher(),
  ]);
  await database.close();
});
