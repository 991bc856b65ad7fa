import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { daysOf } from "#lib/reports/team-costs.ts";
import { addMonths, monthOf } from "#lib/time/civil-day.ts";
import { adjustmentLines } from "./adjustment-lines.ts";
import { readClosedLines } from "./closed-line-store.ts";
import { type Month, monthFrom } from "./month.ts";
import { readLedgerLines } from "./month-lines.ts";
import { mergedLines, type StatementLine, sumOfLines } from "./statement-line.ts";

/** A line of a team's statement of a month, or of the part of a month that was asked for. */
export type DatedLine = StatementLine & {
  /** `2026-10`. */
  readonly month: string;
  /** Closed: the line is as it was closed. */
  readonly isClosed: boolean;
};

export type Statements = {
  readonly lines: readonly DatedLine[];
  readonly total: Costs;
  readonly unpricedCalls: bigint;
  readonly timeZone: string;
  readonly asOf: Date;
};

/**
 * The statements of the teams in sight: a whole month that is closed as it was
 * closed, everything else by the ledger, the cost models and the journal. Once
 * late changes are booked, they add up to the costs of teams.
 *
 * @param period Whole days of the organisation's zone.
 * @throws {AppError} "invalid" for instants within a day.
 */
export async function readStatements(
  sql: SqlClient,
  scope: ReadScope,
  period: { readonly from: Date; readonly to: Date },
): Promise<Statements> {
  return readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const days = daysOf(period, timeZone);
    const visible = teamsOf(scope);
    const lines: DatedLine[] = [];
    for (let first = days.from; first < days.to; first = addMonths(monthOf(first), 1)) {
      const whole = monthFrom(monthOf(first));
      const part = { ...whole, first, end: Math.min(whole.end, days.to) };
      const isWhole = part.first === whole.first && part.end === whole.end;
      const { lines: found, closing } = isWhole
        ? await statementOfMonth(tx, whole, timeZone)
        : { lines: await openLines(tx, part, timeZone), closing: null };
      lines.push(
        ...found
          .filter(({ team }) => visible === "all" || visible.includes(team))
          .map((line) => ({ ...line, month: whole.name, isClosed: closing !== null })),
      );
    }
    const [clock] = await tx<{ now: Date }[]>`select now()`;
    return {
      lines,
      total: sumOfLines(lines),
      unpricedCalls: lines.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0n),
      timeZone,
      asOf: clock?.now ?? period.to,
    };
  });
}

async function openLines(sql: SqlClient, part: Month, timeZone: string): Promise<StatementLine[]> {
  const adjustments = await adjustmentLines(sql, { from: part.first, to: part.end });
  const ledger = await readLedgerLines(sql, part, timeZone);
  if (adjustments.length === 0) return ledger;
  return mergedLines([
    ...ledger,
    ...adjustments.map(({ team, costCenter, kind, charge, pool, costs }) => ({
      ...{ team, costCenter, kind, costs, provider: null, model: null },
      ...{ chargeId: charge, chargeName: null, poolId: pool, poolName: null },
      ...{ tokens: 0n, unpricedCalls: 0n },
    })),
  ]);
}

/** All teams' lines of a whole month. */
export type MonthStatement = {
  readonly lines: readonly StatementLine[];
  /** Null: it is not closed, and the lines are what the ledger says now. */
  readonly closing: { readonly at: Date; readonly by: string; readonly hash: string } | null;
};

/** A whole month as it was closed, else by the ledger, the cost models and the journal. */
export async function statementOfMonth(
  sql: SqlClient,
  month: Month,
  timeZone: string,
): Promise<MonthStatement> {
  const [closed] = await sql<{ closed_at: Date; closed_by: string; hash: string }[]>`
    select closed_at, closed_by, hash from closed_month
     where month = ${`${month.name}-01`}::date and reopened_at is null`;
  if (closed === undefined) {
    return { lines: await openLines(sql, month, timeZone), closing: null };
  }
  const closing = { at: closed.closed_at, by: closed.closed_by, hash: closed.hash };
  return { lines: await readClosedLines(sql, month), closing };
}
