import { join } from "node:path";
import type { Config } from "#lib/config.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { AppError } from "#lib/errors.ts";
import { keptSecret, runningInstance, takeDataDirectory } from "#lib/runtime/data-directory.ts";
import { startServer } from "#lib/runtime/managed-database.ts";

/** Where a command finds the ledger. */
export type Access = { readonly url: string; readonly secret: string };

/**
 * Lets a command work on the database: the operator's, that of the Outlay which
 * runs on the data directory, or else the embedded one, started for the moment.
 */
export async function withDatabaseAccess<T>(
  config: Config,
  work: (access: Access) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl !== null) {
    return work({ url: config.databaseUrl, secret: config.secret ?? "" });
  }
  const running = await runningInstance(config.dataDir);
  if (running !== null) {
    if (running.databaseUrl === null) {
      throw new AppError("Outlay is still starting; try again in a moment", {
        code: "unavailable",
      });
    }
    const secret = config.secret ?? (await keptSecret(join(config.dataDir, "secret")));
    return work({ url: running.databaseUrl, secret });
  }
  const directory = await takeDataDirectory(config.dataDir, "command");
  try {
    const server = await startServer(directory);
    try {
      return await work({ url: server.url, secret: config.secret ?? directory.secret });
    } finally {
      await server.stop();
    }
  } finally {
    await directory.release();
  }
}

/** As `withDatabaseAccess`, with the newest schema in place and the pool open. */
export async function withDatabase<T>(
  config: Config,
  work: (database: Database, access: Access) => Promise<T>,
): Promise<T> {
  return withDatabaseAccess(config, async (access) => {
    await migrateDatabase(access.url);
    const database = openDatabase(access.url, {
      maxConnections: 4,
      applicationName: "outlay-command",
    });
    try {
      return await work(database, access);
    } finally {
      await database.close();
    }
  });
}
