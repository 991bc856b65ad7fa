import journal from "../../drizzle/meta/_journal.json" with { type: "json" };
import type { SqlClient } from "./client.ts";

const UNDEFINED_TABLE = "42P01";
const UNDEFINED_SCHEMA = "3F000";

/**
 * Whether the database has every migration of this release; a newer one may
 * have more. Rejects when it cannot be asked.
 */
export async function isMigrated(sql: SqlClient): Promise<boolean> {
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  try {
    const [row] = await sql<{ newest: bigint | null }[]>`
      select max(created_at)::bigint as newest from drizzle.__drizzle_migrations`;
    return Number(row?.newest ?? 0) >= newest;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === UNDEFINED_TABLE || error.code === UNDEFINED_SCHEMA;
}
