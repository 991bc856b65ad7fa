import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type CostBook, type DayPeriod, readCostBook } from "#lib/reports/cost-inputs.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { daysOf } from "#lib/reports/team-costs.ts";
import { addMonths, type CivilDay, monthOf } from "#lib/time/civil-day.ts";
import { type AdjustmentLine, adjustmentLines } from "./adjustment-lines.ts";
import { readClosedLines } from "./closed-line-store.ts";
import { type Month, monthFrom } from "./month.ts";
import { readLedgerParts } from "./month-lines.ts";
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
    const parts = partsOf(days);
    const isClosed = ({ name, isWhole }: Part) => isWhole && closings.has(name);
    const open = await openLines(
      tx,
      parts.filter((part) => !isClosed(part)),
      timeZone,
      book,
    );
    const lines: DatedLine[] = [];
    for (const part of parts) {
      const ofOpen = open.get(part.first);
      const found = ofOpen ?? (await readClosedLines(tx, part));
      lines.push(
        ...found
          .filter(({ team }) => visible === "all" || visible.includes(team))
          .map((line) => ({ ...line, month: part.name, isClosed: ofOpen === undefined })),
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

/** A month, or what a period has of it. */
type Part = Month & { readonly isWhole: boolean };

function partsOf({ from, to }: DayPeriod): readonly Part[] {
  const parts: Part[] = [];
  for (let first = from; first < to; first = addMonths(monthOf(first), 1)) {
    const whole = monthFrom(monthOf(first));
    const end = Math.min(whole.end, to);
    parts.push({ ...whole, first, end, isWhole: first === whole.first && end === whole.end });
  }
  return parts;
}

/** The lines of parts that are not closed, by their first days. */
async function openLines(
  sql: SqlClient,
  parts: readonly Pick<Month, "first" | "end">[],
  timeZone: string,
  book: CostBook,
): Promise<ReadonlyMap<CivilDay, StatementLine[]>> {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const ledger = await readLedgerParts(sql, parts, timeZone, book);
  // They stand on the first day of their month.
  const adjustments = Map.groupBy(
    await adjustmentLines(sql, { from: first.first, to: last.end }),
    ({ day }) => day,
  );
  return new Map(
    [...ledger].map(([day, lines]) => [day, withJournal(lines, adjustments.get(day))]),
  );
}

function withJournal(
  ledger: StatementLine[],
  adjustments: readonly AdjustmentLine[] | undefined,
): StatementLine[] {
  if (adjustments === undefined) return ledger;
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
  const open = await openLines(sql, [month], timeZone, await readCostBook(sql));
  return { lines: open.get(month.first) ?? [], closing: null };
}

/** The months that are closed, by name. */
async function readClosings(sql: SqlClient): Promise<ReadonlyMap<string, Closing>> {
  const closed = await sql<{ month: string; at: Date; by: string; hash: string }[]>`
    select to_char(month, 'YYYY-MM') as month, closed_at as at, closed_by as by, hash
      from closed_month where reopened_at is null`;
  return new Map(closed.map(({ month, ...closing }) => [month, closing]));
}
