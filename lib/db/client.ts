import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql, type TransactionSql } from "postgres";

/** The query builder, for single-table reads and writes. */
export type Db = PostgresJsDatabase;

/**
 * One pool, two ways to it: `db` for drizzle's builder, `sql` for hand-written
 * SQL and COPY. Drizzle replaces the date parsers of the client it is given, so
 * each has a client of its own; `sql` returns instants as Date, int8 as bigint
 * and numeric as string.
 */
export type Database = {
  readonly db: Db;
  readonly sql: SqlClient;
  readonly close: () => Promise<void>;
};

const TYPES = {
  bigint: postgres.BigInt,
} as const;

export type SqlClient = Sql<{ bigint: bigint }>;

/** Hand-written SQL inside a transaction. */
export type Tx = TransactionSql<{ bigint: bigint }>;

/** Opens connections lazily. Every session runs in UTC. */
export function openDatabase(
  url: string,
  options: { readonly maxConnections?: number; readonly applicationName?: string } = {},
): Database {
  const common = {
    onnotice: () => {},
    connect_timeout: 10,
    connection: {
      TimeZone: "UTC",
      application_name: options.applicationName ?? "outlay",
    },
  };
  const max = options.maxConnections ?? 8;
  const sql = postgres(url, { ...common, max, types: TYPES });
  const builder = postgres(url, { ...common, max });
  return {
    sql,
    db: drizzle(builder),
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), builder.end({ timeout: 5 })]);
    },
  };
}
