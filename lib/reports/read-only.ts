import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";

/** A report that takes longer would keep a connection from everybody else. */
const STATEMENT_SECONDS = 30;

const limits = new WeakMap<SqlClient, number>();

/**
 * The same client, for a reader that may take longer than a page: `readOnly`
 * gives each statement of it so many seconds.
 */
export function withStatementLimit(sql: SqlClient, seconds: number): SqlClient {
  const patient = new Proxy(sql, {});
  limits.set(patient, seconds);
  return patient;
}

/** A download whose reader has gone silent. */
const IDLE_TIMEOUT = "120s";
const QUERY_CANCELED = "57014";

/**
 * Runs a report on one snapshot of the database, without the right to write.
 *
 * Plans are made for the very values asked for: a generic plan would take a
 * month of rollups for a handful of rows. Groups are hashed in memory, for
 * sorting wide rows by text took twice as long. A page asks many reports at
 * once, so helpers of one would only wait for the others: they took half of the
 * time of answers and a tenth of the processor's.
 *
 * @throws {AppError} "unavailable" when a statement takes longer than 30 s, or than
 *   `withStatementLimit` allows.
 */
export async function readOnly<Result>(
  sql: SqlClient,
  report: (sql: SqlClient) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await sql.begin("isolation level repeatable read read only", async (tx) => {
      await tx`
        select set_config('plan_cache_mode', 'force_custom_plan', true),
               set_config('jit', 'off', true),
               set_config('work_mem', '32MB', true),
               set_config('max_parallel_workers_per_gather', '0', true),
               set_config('statement_timeout', ${`${limits.get(sql) ?? STATEMENT_SECONDS}s`}, true),
               set_config('idle_in_transaction_session_timeout', ${IDLE_TIMEOUT}, true)`;
      // A transaction is used like the client; it only cannot open another.
      return report(tx as unknown as SqlClient);
    });
    return result as Result;
  } catch (error) {
    if (!isCancelled(error)) throw error;
    throw new AppError(because("report_slow"), {
      code: "unavailable",
      retryAfterSeconds: 5,
      cause: error,
    });
  }
}

/** The zone whose hours and days the rollups hold. */
export async function organizationZone(sql: SqlClient): Promise<string> {
  const [row] = await sql<{ time_zone: string }[]>`select time_zone from organization`;
  return row?.time_zone ?? "UTC";
}

function isCancelled(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === QUERY_CANCELED;
}
