import { withDatabase } from "../../lib/cli/command-database.ts";
import { readConfig } from "../../lib/config.ts";
import type { Database } from "../../lib/db/client.ts";
import { ENVIRONMENT } from "./outlay.ts";

/** Does to the database of the Outlay under test what no person can: ages a session, for instance. */
export function onDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return withDatabase(readConfig(ENVIRONMENT.variables), work);
}
