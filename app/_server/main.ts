import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import createPages from "next";
import { readServiceConfig } from "#lib/config.ts";
import { openDatabase } from "#lib/db/client.ts";
import { createLog } from "#lib/log.ts";
import { serveUntilStopped } from "#lib/runtime/part-process.ts";
import { startChecks } from "./checks.ts";
import { sanitizeRequest, trustedProxies } from "./sanitize-request.ts";

/** How long an answer under way may take once we are told to stop. */
const DRAIN_MS = 3_000;
/** How long to wait for checks before saying that we serve: pages can, without them. */
const CHECKS_MS = 10_000;

// The web process: the built pages behind our own server, which says when it
// serves and does not let an open event stream hold up the stop.
const log = createLog("web");
const {
  host,
  port,
  trustedProxies: ranges,
  databaseUrl,
  publicUrl,
} = readServiceConfig(process.env);
const trusted = trustedProxies(ranges);
const pages = createPages({
  dev: false,
  dir: fileURLToPath(new URL("../../", import.meta.url)),
  hostname: host,
  port,
});
await pages.prepare();
const answer = pages.getRequestHandler();

const database = openDatabase(databaseUrl, {
  maxConnections: 3,
  applicationName: "outlay-checks",
});
const checks = startChecks({ database, publicUrl, log });

const server = createServer((request, response) => {
  sanitizeRequest(request, trusted);
  if (checks.answer(request, response)) return;
  answer(request, response).catch((error: Error) => {
    log.error("a request failed", { error });
    response.destroy();
  });
});

// Nothing here speaks another protocol.
server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));

await new Promise<void>((resolve, reject) => {
  server.once("error", reject);
  server.listen({ host, port }, resolve);
});

await Promise.race([checks.started, sleep(CHECKS_MS, undefined, { ref: false })]);
serveUntilStopped(log, async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(late);
  await checks.stop();
  await database.close();
});
