import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { keepRows } from "#lib/focus/keep-rows.ts";
import { liveDays } from "#lib/focus/live-days.ts";
import { because } from "#lib/refusals/reason.ts";
import { bookMonth, underLock } from "./book-late-changes.ts";
import { insertClosedLines } from "./closed-line-store.ts";
import { insertClosedUsage } from "./closed-usage-store.ts";
import { type ClosingTotals, closingHash, closingTotals } from "./closing-hash.ts";
import { instantsOf, type Month, monthNamed } from "./month.ts";
import { readMonthLines } from "./month-lines.ts";
import { readUsageClasses } from "./usage-classes.ts";

export type Closing = {
  readonly month: string;
  readonly hash: string;
  readonly totals: ClosingTotals;
};

/**
 * Freezes a month: keeps its lines with their hash, and what statements and
 * FOCUS files hold beside them, after which nothing changes these. What comes
 * later is booked in the next open month. What is pending of months before is
 * booked first, so that it is part of this one.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "invalid" for a month
 *   that is not over, "conflict" for one that is closed.
 */
export async function closeMonth(
  sql: SqlClient,
  viewer: Viewer,
  name: string,
  now: Date,
): Promise<Closing> {
  requireFinance(viewer);
  const month = monthNamed(name);
  return underLock(sql, async (tx, timeZone) => {
    if (instantsOf(month, timeZone).to > now) {
      throw new AppError(because("month_runs", { month: name }), { code: "invalid" });
    }
    const state = await stateOf(tx, month);
    if (state?.isClosed)
      throw new AppError(because("month_is_closed", { month: name }), { code: "conflict" });
    // Rates that are being imported are known to the closing or come after it.
    await tx`lock table currency_rate in share mode`;
    await bookBefore(tx, { timeZone, by: viewer, now });
    const lines = await readMonthLines(tx, month, timeZone);
    const [hash, totals] = [closingHash(name, lines), closingTotals(lines)];
    const closing = (state?.closing ?? 0) + 1;
    await tx`
      insert into closed_month (month, closed_at, closed_by, totals, hash, closing)
      values (${`${name}-01`}::date, ${now}, ${actorName(viewer)},
              ${JSON.stringify(totals)}::text::jsonb, ${hash}, ${closing})
      on conflict (month) do update set
        closed_at = excluded.closed_at, closed_by = excluded.closed_by, totals = excluded.totals,
        hash = excluded.hash, closing = excluded.closing,
        reopened_at = null, reopened_by = null, reopened_reason = null`;
    await insertClosedLines(tx, month, closing, lines);
    await keepFiles(tx, month, closing, timeZone);
    await recordAudit(tx, {
      actor: viewer,
      action: "month.closed",
      target: { kind: "closed_month", id: name },
      after: { hash, closing, ...totals },
    });
    return { month: name, hash, totals };
  });
}

async function keepFiles(tx: Tx, month: Month, closing: number, timeZone: string): Promise<void> {
  // A transaction is used like the client; it only cannot open another.
  const sql = tx as unknown as SqlClient;
  await insertClosedUsage(
    tx,
    month,
    closing,
    await readUsageClasses(sql, "all", { month, timeZone }),
  );
  const everyDay = await liveDays(sql, "all", { from: month.first, to: month.end }, timeZone);
  for await (const { day, rows } of everyDay()) {
    await keepRows(tx, { month: month.name, closing }, day, rows);
  }
}

/**
 * Opens a closed month again. Its closed lines are kept; what was booked about
 * it is taken back in the next open month, since the month itself shows it now.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "invalid" without a
 *   reason, "not_found" unless it is closed.
 */
export async function reopenMonth(
  sql: SqlClient,
  viewer: Viewer,
  { month: name, reason }: { readonly month: string; readonly reason: string },
  now: Date,
): Promise<void> {
  requireFinance(viewer);
  const month = monthNamed(name);
  if (reason.trim() === "") throw new AppError(because("reopening_reason"), { code: "invalid" });
  await underLock(sql, async (tx, timeZone) => {
    const state = await stateOf(tx, month);
    if (!state?.isClosed)
      throw new AppError(because("month_is_open", { month: name }), { code: "not_found" });
    await tx`
      update closed_month
         set reopened_at = ${now}, reopened_by = ${actorName(viewer)},
             reopened_reason = ${reason.trim()}
       where month = ${`${name}-01`}::date`;
    await recordAudit(tx, {
      actor: viewer,
      action: "month.reopened",
      target: { kind: "closed_month", id: name },
      before: { hash: state.hash, closing: state.closing },
      after: { reason: reason.trim() },
    });
    await bookMonth(tx, month, { timeZone, by: viewer, now });
  });
}

async function stateOf(tx: Tx, month: Month) {
  const [row] = await tx<{ isClosed: boolean; closing: number; hash: string }[]>`
    select reopened_at is null as "isClosed", closing, hash from closed_month
     where month = ${`${month.name}-01`}::date`;
  return row;
}

async function bookBefore(tx: Tx, booking: Parameters<typeof bookMonth>[2]): Promise<void> {
  const months = await tx<{ month: string }[]>`
    select to_char(month, 'YYYY-MM') as month from closed_month order by 1`;
  for (const { month } of months) await bookMonth(tx, monthNamed(month), booking);
}
