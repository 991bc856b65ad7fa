import { readServiceConfig } from "#lib/config.ts";
import { openDatabase } from "#lib/db/client.ts";
import { refitIfDue } from "#lib/forecasting/refit-runs.ts";
import { createLog } from "#lib/log.ts";
import { BEHIND_ALL, giveWay } from "./give-way.ts";

// One refit of the forecasts, for the worker that started it.
giveWay(BEHIND_ALL);
const log = createLog("forecasts");
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
process.on("disconnect", () => stop.abort());
const database = openDatabase(readServiceConfig(process.env).databaseUrl, {
  maxConnections: 3,
  applicationName: "outlay-forecasts",
});
try {
  const done = await refitIfDue(database.sql, () => new Date(), stop.signal);
  if (done !== null && done.series > 0) log.info("forecasts are fitted", { ...done });
} catch (error) {
  log.warn("forecasts could not be fitted", { error: error as Error });
  process.exitCode = 1;
} finally {
  await database.close();
  if (process.connected) process.disconnect();
}
