import { openDatabase } from "#lib/db/client.ts";
import { createLog } from "#lib/log.ts";
import { startDispatcher } from "#lib/notifications/dispatcher.ts";

// A worker of deliveries that a test may kill: `node dispatch-process.ts URL SECRET AHEAD_MS`,
// with a clock so far ahead, that the leases of the killed one before it have ended.
const [url = "", secret = "", aheadMs = "0"] = process.argv.slice(2);
const { sql } = openDatabase(url, { maxConnections: 3 });
startDispatcher({
  sql,
  sender: { secret, guard: { allow: ["127.0.0.0/8"] }, mailer: null },
  publicUrl: "http://outlay.example",
  log: createLog("dispatcher"),
  clock: () => new Date(Date.now() + Number(aheadMs)),
});
