import { authority, type Config } from "#lib/config.ts";
import { openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { createLog } from "#lib/log.ts";
import { buildPages } from "#lib/runtime/build-pages.ts";
import { type FirstStartResult, prepareFirstStart } from "#lib/runtime/first-start.ts";
import { stopSignal } from "#lib/runtime/stop-signal.ts";
import { supervise } from "#lib/runtime/supervisor.ts";
import type { Command } from "./command.ts";
import { MAIN_FILES, PROJECT_ROOT, ROLES } from "./project.ts";

/** Runs until it is told to stop. */
export const start: Command = {
  usage: "start",
  run: async ({ config, env }) => {
    const log = createLog("outlay");
    const signal = stopSignal(env, log);
    let first: FirstStartResult = { setupUrl: null, ingestKey: null };
    await supervise({
      config,
      log,
      signal,
      prepare: async ({ url }) => {
        await migrateDatabase(url);
        first = await withPool(url, (db) => prepareFirstStart(db, config, new Date()));
      },
      build: async (aborted) => {
        await buildPages(PROJECT_ROOT, env, log, aborted);
      },
      parts: ({ url, secret }) =>
        ROLES.map((role) => ({
          name: role,
          script: MAIN_FILES[role],
          cwd: PROJECT_ROOT,
          env: { ...env, NODE_ENV: "production", DATABASE_URL: url, OUTLAY_SECRET: secret },
        })),
      onReady: () => process.stdout.write(readyLines(config, first)),
    });
    return { line: "", data: { stopped: true }, exitCode: 0 };
  },
};

/** What outside programs wait for and read: the wording and the columns are fixed. */
export function readyLines(config: Config, first: FirstStartResult): string {
  const lines = [
    "Outlay is ready",
    `  web        http://${authority(config.host, config.port)}`,
    `  OTLP/HTTP  http://${authority(config.otlp.host, config.otlp.httpPort)}`,
    `  OTLP/gRPC  ${authority(config.otlp.host, config.otlp.grpcPort)}`,
  ];
  if (first.setupUrl !== null) lines.push(`  set up     ${first.setupUrl}`);
  if (first.ingestKey !== null) lines.push(`  ingest key ${first.ingestKey}`);
  return `${lines.join("\n")}\n`;
}

async function withPool<T>(
  url: string,
  work: (database: ReturnType<typeof openDatabase>) => Promise<T>,
): Promise<T> {
  const database = openDatabase(url, { maxConnections: 2, applicationName: "outlay-start" });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
