import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type CostBook, readCostBook } from "#lib/reports/cost-inputs.ts";
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
    const closings = await readClosings(tx);
    const book = await readCostBook(tx);
    const visible = teamsOf(scope);
    const lines: DatedLine[] = [];
    for (let first = days.from; first < days.to; first = addMonths(monthOf(first), 1)) {
      const whole = monthFrom(monthOf(first));
      const part = { ...whole, first, end: Math.min(whole.end, days.to) };
      const isWhole = part.first === whole.first && part.end === whole.end;
      const isClosed = isWhole && closings.has(whole.name);
      const found = isClosed
        ? await readClosedLines(tx, whole)
        : await openLines(tx, part, timeZone, book);
      lines.push(
        ...found
          .filter(({ team }) => visible === "all" || visible.includes(team))
          .map((line) => ({ ...line, month: whole.name, isClosed })),
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

async function openLines(
  sql: SqlClient,
  part: Month,
  timeZone: string,
  book: CostBook,
): Promise<StatementLine[]> {
  const adjustments = await adjustmentLines(sql, { from: part.first, to: part.end });
  const ledger = await readLedgerLines(sql, part, timeZone, book);
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

type Closing = { readonly at: Date; readonly by: string; readonly hash: string };

/** All teams' lines of a whole month. */
export type MonthStatement = {
  readonly lines: readonly StatementLine[];
  /** Null: it is not closed, and the lines are what the ledger says now. */
  readonly closing: Closing | null;
};

/** A whole month as it was closed, else by the ledger, the cost models and the journal. */
export async function statementOfMonth(
  sql: SqlClient,
  month: Month,
  timeZone: string,
): Promise<MonthStatement> {
  const closing = (await readClosings(sql)).get(month.name);
  if (closing !== undefined) return { lines: await readClosedLines(sql, month), closing };
  return { lines: await openLines(sql, month, timeZone, await readCostBook(sql)), closing: null };
}

/** The months that are closed, by name. */
async function readClosings(sql: SqlClient): Promise<ReadonlyMap<string, Closing>> {
  const closed = await sql<{ month: string; at: Date; by: string; hash: string }[]>`
    select to_char(month, 'YYYY-MM') as month, closed_at as at, closed_by as by, hash
      from closed_month where reopened_at is null`;
  return new Map(closed.map(({ month, ...closing }) => [month, closing]));
}
