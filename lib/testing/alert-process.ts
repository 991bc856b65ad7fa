import { watchBudgets } from "#lib/budget-control/watch.ts";
import { openDatabase } from "#lib/db/client.ts";
import { createLog } from "#lib/log.ts";
import { startDispatcher } from "#lib/notifications/dispatcher.ts";

// A worker that watches budgets and delivers their messages, which a test may
// kill: `node alert-process.ts URL SECRET START_MS`, with a clock that starts there.
const [url = "", secret = "", startMs = "0"] = process.argv.slice(2);
const bootedAt = Date.now();
const { sql, close } = openDatabase(url, { maxConnections: 4 });
const common = {
  sql,
  log: createLog("alerts"),
  clock: () => new Date(Number(startMs) + Date.now() - bootedAt),
};
const publicUrl = "http://outlay.example";
const stops = [
  await watchBudgets({ ...common, links: { publicUrl }, restMs: 20 }),
  startDispatcher({
    ...common,
    ...{ sender: { secret, guard: { allow: ["127.0.0.0/8"] }, mailer: null }, publicUrl },
  }),
];
process.once("SIGTERM", async () => {
  await Promise.all(stops.map((stop) => stop()));
  await close();
});
