import type { SqlClient } from "#lib/db/client.ts";
import {
  type Change,
  type ChangeSums,
  mergeChanges,
  sumChanges,
} from "#lib/history-runs/change.ts";
import type { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import type { HistoryPeriod } from "#lib/history-runs/history-period.ts";
import { parseUsd, ZERO_USD } from "#lib/money/money.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { dayStart } from "#lib/time/zone.ts";
import { changeBySums, keyOf } from "./change-of.ts";
import { IS_LINEAR, LINEAR_COST, LINEAR_LIST_COST, movedRows } from "./moved-rows.ts";
import type { Move } from "./moves.ts";
import { planMoves } from "./plan-moves.ts";
import { pricedGroups } from "./priced-groups.ts";
import { singleRows } from "./single-rows.ts";

/** What re-pricing would change, before anything is changed. */
export type RepricingPreview = {
  readonly total: ChangeSums;
  /** By day, team and model, as they are filed now. */
  readonly changes: readonly Change[];
};

/**
 * The difference between what a period is priced by and what today's prices,
 * names and contracts give for it, to the last digit. From the rollups wherever
 * their sums tell it; from the ledger's rows where time of day, prompt size,
 * fees or reported names decide.
 *
 * @param draft Prices that nobody has recorded yet, in the place of today's.
 * @throws {AppError} "unavailable" when it takes longer than a report may.
 */
export async function previewRepricing(
  sql: SqlClient,
  filter: HistoryFilter,
  { from, to }: HistoryPeriod,
  draft?: Pricing,
): Promise<RepricingPreview> {
  const [pricing, timeZone] = await Promise.all([draft ?? loadPricing(sql), organizationZone(sql)]);
  const within = { fromMs: from.getTime(), toMs: to.getTime() };
  return readOnly(sql, async (tx) => {
    const groups = await pricedGroups(tx, "day", within, filter);
    const endOfDay = (ms: number) => nextUnitStart(ms, "day", timeZone);
    const { bySums, byRows } = await planMoves(tx, pricing, groups, within, endOfDay);
    const changes = mergeChanges([
      ...bySums.map(changeBySums),
      ...(await changesByRows(tx, byRows, timeZone)),
    ]);
    return { total: sumChanges(changes), changes };
  });
}

type LinearSums = {
  readonly day: Date;
  readonly n: number;
  /** Rows whose new cost is their tokens times the new prices; the sums are theirs. */
  readonly linear: bigint;
  readonly calls: bigint;
  readonly old_cost: string;
  readonly new_cost: string;
  readonly old_list_cost: string;
  readonly new_list_cost: string;
  /** How many other rows there are. */
  readonly singles: bigint;
};

/** One look at the rows, and another at those that are priced one by one. */
async function changesByRows(
  sql: SqlClient,
  moves: readonly Move[],
  timeZone: string,
): Promise<Change[]> {
  if (moves.length === 0) return [];
  const isLinear = sql.unsafe(IS_LINEAR);
  const rows = await sql<LinearSums[]>`
    select date_trunc('day', u.started_at, ${timeZone}) as day, m.n,
           count(*) filter (where ${isLinear}) as linear,
           coalesce(sum(u.calls) filter (where ${isLinear}), 0) as calls,
           coalesce(sum(u.cost) filter (where ${isLinear}), 0) as old_cost,
           coalesce(sum(${sql.unsafe(LINEAR_COST)}) filter (where ${isLinear}), 0) as new_cost,
           coalesce(sum(u.list_cost) filter (where ${isLinear}), 0) as old_list_cost,
           coalesce(sum(${sql.unsafe(LINEAR_LIST_COST)}) filter (where ${isLinear}), 0) as new_list_cost,
           count(*) filter (where not ${isLinear}) as singles
      from ${movedRows(sql, moves)}
     group by 1, 2`;
  const linear = rows.flatMap((row) => {
    const move = moves[row.n];
    return move === undefined || row.linear === 0n ? [] : [linearChange(row, move)];
  });
  const withSingles = new Set(rows.flatMap(({ n, singles }) => (singles === 0n ? [] : [n])));
  const others = moves.filter((_, n) => withSingles.has(n));
  return [...linear, ...(await changesOfSingleRows(sql, others, timeZone))];
}

function linearChange(row: LinearSums, { group }: Move): Change {
  return {
    ...keyOf(row.day, group.dimensions),
    calls: Number(row.calls),
    oldCost: parseUsd(row.old_cost),
    newCost: parseUsd(row.new_cost),
    oldListCost: parseUsd(row.old_list_cost),
    newListCost: parseUsd(row.new_list_cost),
  };
}

async function changesOfSingleRows(
  sql: SqlClient,
  moves: readonly Move[],
  timeZone: string,
): Promise<Change[]> {
  let changes: Change[] = [];
  for await (const rows of singleRows(sql, moves)) {
    const batch = rows.map(({ move, startedAt, calls, cost, listCost, now }) => ({
      ...keyOf(new Date(dayStart(startedAt.getTime(), timeZone)), move.group.dimensions),
      calls,
      oldCost: cost ?? ZERO_USD,
      newCost: now.cost ?? ZERO_USD,
      oldListCost: listCost ?? ZERO_USD,
      newListCost: now.listCost ?? ZERO_USD,
    }));
    changes = mergeChanges([...changes, ...batch]);
  }
  return changes;
}
