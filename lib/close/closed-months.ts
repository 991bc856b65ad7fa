import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { localDate } from "#lib/time/calendar.ts";

/**
 * Refuses to change what a closed month holds. To be called in the transaction
 * of the change: it keeps months from being closed until that ends.
 *
 * @param from Inclusive; null for the beginning of time.
 * @param to Exclusive; null for the end of time.
 * @param timeZone The organisation's: it decides which month an instant is in.
 * @throws {AppError} "closed_period", naming the months.
 */
export async function assertMonthsOpen(
  tx: Tx,
  from: Date | null,
  to: Date | null,
  timeZone: string,
): Promise<void> {
  await tx`lock table closed_month in share mode`;
  const closed = await closedMonths(tx, from, to, timeZone);
  if (closed.length === 0) return;
  throw new AppError(because("months_closed", { months: closed.join(", ") }), {
    code: "closed_period",
  });
}

/** The closed months that the period touches, oldest first, as `2026-10`. */
export async function closedMonths(
  sql: SqlClient | Tx,
  from: Date | null,
  to: Date | null,
  timeZone: string,
): Promise<string[]> {
  if (from !== null && to !== null && from >= to) return [];
  const first = from === null ? null : monthOf(from.getTime(), timeZone);
  const last = to === null ? null : monthOf(to.getTime() - 1, timeZone);
  const rows = await sql<{ month: string }[]>`
    select to_char(month, 'YYYY-MM') as month from closed_month
     where reopened_at is null
       and month >= coalesce(${first}::date, '-infinity') and month <= coalesce(${last}::date, 'infinity')
     order by 1`;
  return rows.map(({ month }) => month);
}

/** The first day of the month that holds the instant in the zone, as `2026-10-01`. */
export function monthOf(ms: number, timeZone: string): string {
  const { year, month } = localDate(ms, timeZone);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`;
}
