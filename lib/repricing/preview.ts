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
import { IS_LINEAR, LINEAR_COST, LINEAR_LIST_COST, movedRows } from "./moved-rows.ts";
import type { Move } from "./moves.ts";
import { type PricedBySums, planMoves } from "./plan-moves.ts";
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
      ...(await changesOfLinearRows(tx, byRows, timeZone)),
      ...(await changesOfSingleRows(tx, byRows, timeZone)),
    ]);
    return { total: sumChanges(changes), changes };
  });
}

function changeBySums({ group, now }: PricedBySums): Change {
  return {
    ...keyOf(group.at, group.dimensions),
    calls: group.calls,
    oldCost: group.cost,
    newCost: now.cost,
    oldListCost: group.listCost,
    newListCost: now.listCost,
  };
}

function keyOf(day: Date, { team, provider, model }: Move["dimensions"]) {
  return { day, team, newTeam: team, provider, model };
}

type LinearSums = {
  readonly day: Date;
  readonly n: number;
  readonly calls: bigint;
  readonly old_cost: string;
  readonly new_cost: string;
  readonly old_list_cost: string;
  readonly new_list_cost: string;
};

async function changesOfLinearRows(
  sql: SqlClient,
  moves: readonly Move[],
  timeZone: string,
): Promise<Change[]> {
  if (moves.length === 0) return [];
  const rows = await sql<LinearSums[]>`
    select date_trunc('day', u.started_at, ${timeZone}) as day, m.n, sum(u.calls) as calls,
           coalesce(sum(u.cost), 0) as old_cost, sum(${sql.unsafe(LINEAR_COST)}) as new_cost,
           coalesce(sum(u.list_cost), 0) as old_list_cost,
           sum(${sql.unsafe(LINEAR_LIST_COST)}) as new_list_cost
      from ${movedRows(sql, moves)} and ${sql.unsafe(IS_LINEAR)}
     group by 1, 2`;
  return rows.flatMap((row) => {
    const move = moves[row.n];
    if (move === undefined) return [];
    return [
      {
        ...keyOf(row.day, move.group.dimensions),
        calls: Number(row.calls),
        oldCost: parseUsd(row.old_cost),
        newCost: parseUsd(row.new_cost),
        oldListCost: parseUsd(row.old_list_cost),
        newListCost: parseUsd(row.new_list_cost),
      },
    ];
  });
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
