import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import { type DataDirectory, takeDataDirectory } from "./data-directory.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";

/** The database that this start runs on, its own or the operator's. */
export type Database = {
  readonly url: string;
  readonly secret: string;
  readonly stop: (deadlineMs: number) => Promise<void>;
};

const RESTART_MIN_MS = 500;
const RESTART_MAX_MS = 30_000;

/**
 * Gives the operator's database as it is, or takes the data directory and
 * starts the embedded one, which starts again whenever it ends by itself.
 *
 * @param check runs while the data directory is held and before the database
 *   starts; says whether a killed predecessor may still be about.
 */
export async function startDatabase(
  config: Config,
  log: Log,
  check: (isTakenOver: boolean) => Promise<void>,
): Promise<Database> {
  if (config.databaseUrl !== null) {
    await check(false);
    return { url: config.databaseUrl, secret: config.secret ?? "", stop: async () => {} };
  }
  const directory = await takeDataDirectory(config.dataDir, "start");
  try {
    await check(directory.isTakenOver);
    const server = await startServer(directory);
    directory.publish(server.url);
    const stopServer = keepRunning(server, log);
    return {
      url: server.url,
      secret: config.secret ?? directory.secret,
      stop: async (deadlineMs) => {
        await stopServer(deadlineMs);
        await directory.release();
      },
    };
  } catch (error) {
    await directory.release();
    throw error;
  }
}

/** Starts the embedded Postgres of a data directory that is ours. */
export async function startServer(directory: DataDirectory): Promise<EmbeddedPostgres> {
  const log = createLog("postgres");
  return startEmbeddedPostgres({
    dataDir: directory.path,
    password: directory.databasePassword,
    // What it prints while starting and stopping is of interest only when it fails.
    onLine: (line) => {
      if (/^(FATAL|PANIC|ERROR):/.test(line)) log.error(line);
    },
  });
}

function keepRunning(first: EmbeddedPostgres, log: Log): (deadlineMs: number) => Promise<void> {
  const stopping = new AbortController();
  let server = first;
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await server.exited;
      server = (await revive(server, stopping.signal, log)) ?? server;
    }
  };
  const watching = watch();
  return async (deadlineMs) => {
    stopping.abort();
    await server.stop(deadlineMs);
    await watching;
    // A restart that was under way when we were told to stop.
    await server.stop(deadlineMs);
  };
}

async function revive(
  server: EmbeddedPostgres,
  signal: AbortSignal,
  log: Log,
): Promise<EmbeddedPostgres | null> {
  for (let waitMs = RESTART_MIN_MS; ; waitMs = Math.min(waitMs * 2, RESTART_MAX_MS)) {
    if (signal.aborted) return null;
    log.error("the database ended by itself, starts again", { afterMs: waitMs });
    await sleep(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return null;
    try {
      const again = await server.restart();
      log.info("the database serves again");
      return again;
    } catch (error) {
      log.error("the database did not start", { error: error as Error });
    }
  }
}
