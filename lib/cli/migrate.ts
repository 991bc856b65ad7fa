import { migrateDatabase } from "#lib/db/migrate.ts";
import type { Command } from "./command.ts";
import { withDatabaseAccess } from "./command-database.ts";

export const migrate: Command = {
  usage: "migrate",
  run: async ({ config }) => {
    await withDatabaseAccess(config, ({ url }) => migrateDatabase(url));
    return { line: "the database has the newest schema", data: { migrated: true }, exitCode: 0 };
  },
};
