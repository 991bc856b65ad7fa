import type { SqlClient, Tx } from "#lib/db/client.ts";
import { monthOf } from "./closed-months.ts";

/** Notes, in the transaction that writes to these days, which of their months are closed. */
export async function markLate(tx: Tx, days: readonly number[], timeZone: string): Promise<void> {
  const months = [...new Set(days.map((ms) => monthOf(ms, timeZone)))];
  await tx`
    insert into late_mark (month)
    select month from closed_month
     where month = any(${months}::text[]::date[]) and reopened_at is null`;
}

export type LateMarks = {
  /** `2026-09`: nothing closed before it was written to. */
  readonly earliest: string;
  readonly ids: readonly string[];
};

/** What closed months were written to; null for none. */
export async function readLateMarks(sql: SqlClient): Promise<LateMarks | null> {
  const rows = await sql<{ id: string; month: string }[]>`
    select id::text as id, to_char(month, 'YYYY-MM') as month from late_mark order by month`;
  const [first] = rows;
  return first === undefined ? null : { earliest: first.month, ids: rows.map(({ id }) => id) };
}

/** Forgets marks that were read before their months were looked at; no others, for those may be newer. */
export async function forgetLateMarks(sql: SqlClient, { ids }: LateMarks): Promise<void> {
  await sql`delete from late_mark where id = any(${ids}::text[]::int8[])`;
}
