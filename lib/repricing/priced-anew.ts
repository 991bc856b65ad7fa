import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import type { HistoryPeriod } from "#lib/history-runs/history-period.ts";
import type { Dimensions } from "#lib/ledger/ledger-row.ts";
import { parseUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { dayStart } from "#lib/time/zone.ts";
import { TOKEN_CLASSES, type TokenClass, type Tokens } from "#lib/usage/tokens.ts";
import { IS_LINEAR, LINEAR_COST, LINEAR_LIST_COST, movedRows } from "./moved-rows.ts";
import { filedUnder, type Move, type PricedGroup } from "./moves.ts";
import { planMoves } from "./plan-moves.ts";
import { pricedGroups } from "./priced-groups.ts";
import { singleRows } from "./single-rows.ts";

/** Calls of a day that were filed and priced alike, and what they come to by another rate set. */
export type PricedAnew = {
  /** The start of a day of the organisation's zone. */
  readonly day: Date;
  /** As they are filed and priced now, and as they would be. */
  readonly was: Filing;
  readonly is: Filing;
  readonly calls: number;
  readonly tokens: Tokens;
  readonly oldCost: Usd;
  readonly newCost: Usd;
  readonly oldListCost: Usd;
  readonly newListCost: Usd;
};

export type Filing = { readonly dimensions: Dimensions; readonly rateSet: RateSet };

/**
 * The calls of a period that have another price by the pricing. From the rollups
 * wherever their sums tell it; from the ledger's rows where time of day, prompt
 * size, fees or reported names decide.
 */
export async function pricedAnew(
  sql: SqlClient | Tx,
  pricing: Pricing,
  filter: HistoryFilter,
  { from, to }: HistoryPeriod,
  timeZone: string,
): Promise<PricedAnew[]> {
  const within = { fromMs: from.getTime(), toMs: to.getTime() };
  const groups = await pricedGroups(sql, "day", within, filter);
  const endOfDay = (ms: number) => nextUnitStart(ms, "day", timeZone);
  const { bySums, byRows } = await planMoves(sql, pricing, groups, within, endOfDay);
  const sums = bySums.map(
    ({ group, rateSet, now }): PricedAnew => ({
      ...{ day: group.at, ...filings(group, rateSet), calls: group.calls, tokens: group.tokens },
      ...{ oldCost: group.cost, newCost: now.cost },
      ...{ oldListCost: group.listCost, newListCost: now.listCost },
    }),
  );
  return [...sums, ...(await byLedgerRows(sql, byRows, timeZone))];
}

function filings(group: PricedGroup, rateSet: RateSet) {
  return {
    was: { dimensions: group.dimensions, rateSet: group.rateSet },
    is: { dimensions: filedUnder(group, rateSet).dimensions, rateSet },
  };
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
} & { readonly [Class in TokenClass]: bigint };

/** One look at the rows, and another at those that are priced one by one. */
async function byLedgerRows(
  sql: SqlClient | Tx,
  moves: readonly Move[],
  timeZone: string,
): Promise<PricedAnew[]> {
  if (moves.length === 0) return [];
  const isLinear = sql.unsafe(IS_LINEAR);
  const tokens = TOKEN_CLASSES.map(
    (name) => `coalesce(sum(u.${name}) filter (where ${IS_LINEAR}), 0)::bigint as ${name}`,
  );
  const rows = await sql<LinearSums[]>`
    select date_trunc('day', u.started_at, ${timeZone}) as day, m.n,
           count(*) filter (where ${isLinear}) as linear,
           coalesce(sum(u.calls) filter (where ${isLinear}), 0) as calls,
           coalesce(sum(u.cost) filter (where ${isLinear}), 0) as old_cost,
           coalesce(sum(${sql.unsafe(LINEAR_COST)}) filter (where ${isLinear}), 0) as new_cost,
           coalesce(sum(u.list_cost) filter (where ${isLinear}), 0) as old_list_cost,
           coalesce(sum(${sql.unsafe(LINEAR_LIST_COST)}) filter (where ${isLinear}), 0) as new_list_cost,
           count(*) filter (where not ${isLinear}) as singles,
           ${sql.unsafe(tokens.join(", "))}
      from ${movedRows(sql, moves)}
     group by 1, 2`;
  const linear = rows.flatMap((row) => {
    const move = moves[row.n];
    return move === undefined || row.linear === 0n ? [] : [linearAnew(row, move)];
  });
  const withSingles = new Set(rows.flatMap(({ n, singles }) => (singles === 0n ? [] : [n])));
  const others = moves.filter((_, n) => withSingles.has(n));
  return [...linear, ...(await bySingleRows(sql, others, timeZone))];
}

function linearAnew(row: LinearSums, { group, span }: Move): PricedAnew {
  const tokens = TOKEN_CLASSES.map((name) => [name, Number(row[name])]);
  return {
    ...{ day: row.day, ...filings(group, span.rateSet), calls: Number(row.calls) },
    tokens: Object.fromEntries(tokens) as Tokens,
    oldCost: parseUsd(row.old_cost),
    newCost: parseUsd(row.new_cost),
    oldListCost: parseUsd(row.old_list_cost),
    newListCost: parseUsd(row.new_list_cost),
  };
}

async function bySingleRows(
  sql: SqlClient | Tx,
  moves: readonly Move[],
  timeZone: string,
): Promise<PricedAnew[]> {
  const found: PricedAnew[] = [];
  for await (const rows of singleRows(sql, moves)) {
    for (const { move, startedAt, calls, tokens, cost, listCost, now } of rows) {
      found.push({
        day: new Date(dayStart(startedAt.getTime(), timeZone)),
        ...{ ...filings(move.group, move.span.rateSet), calls, tokens },
        ...{ oldCost: cost ?? ZERO_USD, newCost: now.cost ?? ZERO_USD },
        ...{ oldListCost: listCost ?? ZERO_USD, newListCost: now.listCost ?? ZERO_USD },
      });
    }
  }
  return found;
}
