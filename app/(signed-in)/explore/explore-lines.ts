import { NO_MEASURES } from "#lib/reports/measures.ts";
import type { Measures, UsageResult, UsageRow } from "#lib/reports/usage-query.ts";
import type { ExploreQuery } from "./explore-pairs.ts";
import { isMoney, type Measure, measureOf } from "./measures.ts";

/** One figure of the table: money in 1e-18 USD, else a count. */
export type ExploreFigure = {
  readonly value: bigint;
  readonly unpricedCalls: number;
  /** Nothing in it can have a price, so its zero is no amount. */
  readonly hasNoPrice: boolean;
};

/** One line of the table, as small as it can be: there may be ten thousand. */
export type ExploreLine = {
  /** A value for each dimension of the grouping, null where unknown. */
  readonly group: readonly (string | null)[];
  readonly now: ExploreFigure;
  /** Null when nothing is compared. */
  readonly before: ExploreFigure | null;
};

/** The groups of the period and those that were there before and are gone, largest first. */
export function exploreLines(
  query: ExploreQuery,
  result: UsageResult,
  previous: UsageResult | null,
): ExploreLine[] {
  const { measure } = query;
  const before = new Map(previous?.rows.map((row) => [keyOf(query, row), row]));
  const lines = result.rows.map((row) => {
    const key = keyOf(query, row);
    const was = before.get(key)?.measures ?? NO_MEASURES;
    before.delete(key);
    return lineOf(query, row, row.measures, previous && was);
  });
  const gone = [...before.values()].map((row) => lineOf(query, row, NO_MEASURES, row.measures));
  return [...lines, ...gone]
    .filter(({ now, before: was }) => isSomething(measure, now) || (was?.value ?? 0n) !== 0n)
    .toSorted((a, b) => (a.now.value === b.now.value ? 0 : a.now.value < b.now.value ? 1 : -1));
}

/** All of it in one line. */
export function totalLine(
  { measure }: ExploreQuery,
  result: UsageResult,
  previous: UsageResult | null,
): ExploreLine {
  return {
    group: [],
    now: figureOf(measure, result.total),
    before: previous && figureOf(measure, previous.total),
  };
}

function lineOf(
  { groupBy, measure }: ExploreQuery,
  { group }: UsageRow,
  now: Measures,
  before: Measures | null,
): ExploreLine {
  return {
    group: groupBy.map((dimension) => group[dimension] ?? null),
    now: figureOf(measure, now),
    before: before && figureOf(measure, before),
  };
}

function figureOf(measure: Measure, measures: Measures): ExploreFigure {
  const { modelCalls, toolCalls, unpricedCalls } = measures;
  const value = measureOf(measure, measures);
  return {
    value,
    unpricedCalls,
    hasNoPrice: value === 0n && modelCalls === 0 && unpricedCalls === 0 && toolCalls > 0,
  };
}

/** What has no price has no cost of zero either. */
function isSomething(measure: Measure, { value, unpricedCalls }: ExploreFigure): boolean {
  return value !== 0n || (isMoney(measure) && unpricedCalls > 0);
}

function keyOf({ groupBy }: ExploreQuery, { group }: UsageRow): string {
  return JSON.stringify(groupBy.map((dimension) => group[dimension] ?? null));
}
