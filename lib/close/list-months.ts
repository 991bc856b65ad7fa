import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import { because } from "#lib/refusals/reason.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { addMonths, civilDayAt, monthOf } from "#lib/time/civil-day.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { readClosedLines } from "./closed-line-store.ts";
import type { ClosingTotals } from "./closing-hash.ts";
import { instantsOf, monthFrom, monthNamed } from "./month.ts";
import type { StatementLine } from "./statement-line.ts";

export type MonthState = "closed" | "reopened" | "open" | "running";

export type CloseableMonth = {
  /** `2026-10`. */
  readonly month: string;
  /** "running": not over yet, so it cannot be closed. */
  readonly state: MonthState;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly hash: string | null;
  readonly totals: ClosingTotals | null;
  readonly reopened: { readonly at: Date; readonly by: string; readonly reason: string } | null;
  /** What the ledger says now of usage: what to look at before closing. */
  readonly usage: Usd;
  readonly unpricedCalls: number;
  readonly unallocated: Usd;
  /** Adjustments about this month that are booked in later ones. */
  readonly bookedLater: Usd;
};

type ClosedRow = {
  readonly month: string;
  readonly closed_at: Date;
  readonly closed_by: string;
  readonly hash: string;
  readonly totals: ClosingTotals;
  readonly reopened_at: Date | null;
  readonly reopened_by: string | null;
  readonly reopened_reason: string | null;
};

type UsageRow = {
  readonly month: Date;
  readonly cost: string;
  readonly unallocated: string;
  readonly unpriced_calls: bigint;
};

/**
 * The months of the ledger and those that were closed, newest first; at most so many.
 *
 * @throws {AppError} "forbidden" unless finance or admin.
 */
export async function listMonths(
  sql: SqlClient,
  viewer: Viewer,
  now: Date,
  most = 24,
): Promise<readonly CloseableMonth[]> {
  requireFinance(viewer);
  return readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const current = monthOf(civilDayAt(now.getTime(), timeZone));
    const oldest = instantsOf(monthFrom(addMonths(current, 1 - most)), timeZone).from;
    const closed = await tx<ClosedRow[]>`
      select to_char(month, 'YYYY-MM') as month, closed_at, closed_by, hash, totals, reopened_at,
             reopened_by, reopened_reason
        from closed_month`;
    const usage = await tx<UsageRow[]>`
      select date_trunc('month', r.day, ${timeZone}) as month, sum(r.cost) as cost,
             coalesce(sum(r.cost) filter (where r.team = ${UNALLOCATED}), 0) as unallocated,
             sum(r.unpriced_calls)::int8 as unpriced_calls
        from usage_day_team r
       where r.day >= ${oldest}
       group by 1`;
    const later = await tx<{ month: string; cost: string }[]>`
      select to_char(source_month, 'YYYY-MM') as month, sum(effective) as cost from adjustment
       where source_month is not null group by 1`;
    const byUsage = new Map(
      usage.map((row) => [monthFrom(civilDayAt(row.month.getTime(), timeZone)).name, row]),
    );
    const byClosing = new Map(closed.map((row) => [row.month, row]));
    const booked = new Map(later.map(({ month, cost }) => [month, parseUsd(cost)]));
    const running = monthFrom(current).name;
    const names = new Set([running, ...byUsage.keys(), ...byClosing.keys()]);
    return [...names]
      .toSorted()
      .reverse()
      .slice(0, most)
      .map((month) =>
        monthRow(month, byClosing.get(month), byUsage.get(month), {
          isRunning: month >= running,
          bookedLater: booked.get(month) ?? parseUsd("0"),
        }),
      );
  });
}

function monthRow(
  month: string,
  closing: ClosedRow | undefined,
  usage: UsageRow | undefined,
  { isRunning, bookedLater }: { readonly isRunning: boolean; readonly bookedLater: Usd },
): CloseableMonth {
  const isClosed = closing !== undefined && closing.reopened_at === null;
  const open = isRunning ? "running" : closing === undefined ? "open" : "reopened";
  return {
    month,
    state: isClosed ? "closed" : open,
    closedAt: closing?.closed_at ?? null,
    closedBy: closing?.closed_by ?? null,
    hash: closing?.hash ?? null,
    totals: closing?.totals ?? null,
    reopened: closing === undefined ? null : reopeningOf(closing),
    usage: parseUsd(usage?.cost ?? "0"),
    unpricedCalls: Number(usage?.unpriced_calls ?? 0n),
    unallocated: parseUsd(usage?.unallocated ?? "0"),
    bookedLater,
  };
}

function reopeningOf(closing: ClosedRow): CloseableMonth["reopened"] {
  const { reopened_at: at, reopened_by: by, reopened_reason: reason } = closing;
  return at === null ? null : { at, by: by ?? "", reason: reason ?? "" };
}

/**
 * One month that was closed, with the lines of its last closing.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "not_found" when it was never closed.
 */
export async function closedMonth(
  sql: SqlClient,
  viewer: Viewer,
  name: string,
  now: Date,
): Promise<{ readonly month: CloseableMonth; readonly lines: readonly StatementLine[] }> {
  const asked = monthNamed(name);
  const months = await listMonths(sql, viewer, now, ALL_MONTHS);
  const month = months.find((found) => found.month === name);
  if (month === undefined || month.hash === null) {
    throw new AppError(because("month_never_closed", { month: name }), { code: "not_found" });
  }
  return { month, lines: await readClosedLines(sql, asked) };
}

/** More than any ledger has. */
const ALL_MONTHS = 1_200;
