import { hasCosts } from "#lib/cost-model/costs.ts";
import { teamLines } from "#lib/cost-model/team-lines.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import {
  type CostBook,
  type DayPeriod,
  type ModelUsage,
  readCostBook,
  readCostInputs,
  readModelUsage,
} from "#lib/reports/cost-inputs.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import { readAdjustments } from "./adjustment-store.ts";
import type { Month } from "./month.ts";
import { mergedLines, type StatementLine } from "./statement-line.ts";

/**
 * What a month comes to by the ledger, the cost models and the adjustments that
 * are booked in it: usage by team and model, and what stands beside it.
 *
 * @param tx In whose snapshot it is read.
 */
export async function readMonthLines(
  tx: Tx,
  month: Month,
  timeZone: string,
): Promise<StatementLine[]> {
  // A transaction is used like the client; it only cannot open another.
  const sql = tx as unknown as SqlClient;
  const lines = await readLedgerLines(sql, month, timeZone, await readCostBook(sql));
  const adjustments = (await readAdjustments(sql, { month })).map(
    (line): StatementLine => ({
      ...line.subject,
      ...{ kind: "adjustment", costs: line.subject.costs, ...NO_USAGE },
    }),
  );
  return mergedLines([...lines, ...adjustments]);
}

type Days = Pick<Month, "first" | "end">;

/** The same without the adjustments, of any days. */
export async function readLedgerLines(
  sql: SqlClient,
  days: Days,
  timeZone: string,
  book: CostBook,
): Promise<StatementLine[]> {
  return (await readLedgerParts(sql, [days], timeZone, book)).get(days.first) ?? [];
}

/**
 * The same of several parts of time, by their first days.
 *
 * @param parts Ascending, without overlap. Their usage is read in one go.
 */
export async function readLedgerParts(
  sql: SqlClient,
  parts: readonly Days[],
  timeZone: string,
  book: CostBook,
): Promise<ReadonlyMap<CivilDay, StatementLine[]>> {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  // What lies between two parts is told of the end of the one before.
  const edges = new Set(parts.flatMap(({ first: start, end }) => [start, end]));
  const starts = [first.first, ...[...edges].slice(1)] as const;
  const usage = await readModelUsage(sql, starts, last.end, timeZone);
  const usageOf = Map.groupBy(usage, ({ day }) => day);
  const found = new Map<CivilDay, StatementLine[]>();
  for (const { first: from, end: to } of parts) {
    const beside = await linesBeside(sql, { from, to }, timeZone, book);
    found.set(from, mergedLines([...(usageOf.get(from) ?? []).map(usageLine), ...beside]));
  }
  return found;
}

function usageLine(row: ModelUsage): StatementLine {
  const { team, costCenter, funding, provider, model, costs, tokens } = row;
  const kind = funding === null ? "usage" : "covered";
  const unpricedCalls = BigInt(row.unpricedCalls);
  const subject = { team, costCenter, kind, provider, model } as const;
  return { ...subject, ...NOTHING_FIXED, costs, tokens, unpricedCalls };
}

/** What stands beside usage; without charges, pools and models there is nothing to read for it. */
async function linesBeside(
  sql: SqlClient,
  days: DayPeriod,
  timeZone: string,
  book: CostBook,
): Promise<readonly StatementLine[]> {
  if (book.charges.length + book.pools.length + book.models.length === 0) return [];
  const [charges, pools] = [namesOf(book.charges), namesOf(book.pools)];
  return teamLines(await readCostInputs(sql, days, timeZone, book))
    .filter(({ kind, costs }) => kind !== "usage" && kind !== "covered" && hasCosts(costs))
    .map(
      ({ team, costCenter, kind, charge, pool, costs }): StatementLine => ({
        ...{ team, costCenter, kind, provider: null, model: null, costs, ...NO_USAGE },
        ...{ chargeId: charge, chargeName: charges.get(charge ?? "") ?? null },
        ...{ poolId: pool, poolName: pools.get(pool ?? "") ?? null },
      }),
    );
}

const NO_USAGE = { tokens: 0n, unpricedCalls: 0n } as const;
const NOTHING_FIXED = {
  ...{ chargeId: null, chargeName: null },
  ...{ poolId: null, poolName: null },
} as const;

function namesOf(things: readonly { readonly id: string; readonly name: string }[]) {
  return new Map(things.map(({ id, name }) => [id, name]));
}
