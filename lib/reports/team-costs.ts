import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { adjustmentLines } from "#lib/close/adjustment-lines.ts";
import { addCosts, type Costs, hasCosts, NO_COSTS } from "#lib/cost-model/costs.ts";
import { LINE_KINDS, type LineKind, type TeamLine, teamLines } from "#lib/cost-model/team-lines.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { addMonths, type CivilDay, civilDayAt, monthOf, startOfDay } from "#lib/time/civil-day.ts";
import { type CostBook, type DayPeriod, readCostBook, readCostInputs } from "./cost-inputs.ts";
import { organizationZone, readOnly } from "./read-only.ts";

export const TEAM_COST_BUCKETS = ["none", "day", "month"] as const;
export type TeamCostBucket = (typeof TEAM_COST_BUCKETS)[number];

export type TeamCostQuery = {
  /** Starts of days in the organisation's zone. */
  readonly from: Date;
  readonly to: Date;
  readonly bucket: TeamCostBucket;
  /** Only of these teams; all that may be seen when left out. */
  readonly teams?: readonly string[];
};

/** One amount in the cost of a team: its usage, a charge, an idle part, a share, the markup, an adjustment. */
export type TeamCostLine = {
  /** The first day of the bucket; of the period with bucket "none". */
  readonly bucketStart: Date;
  readonly bucketEnd: Date;
  readonly team: string;
  readonly costCenter: string | null;
  readonly kind: LineKind;
  /** The charge or pool that it is about, by id and by name. */
  readonly charge: { readonly id: string; readonly name: string } | null;
  readonly pool: { readonly id: string; readonly name: string } | null;
  readonly costs: Costs;
};

export type TeamCosts = {
  readonly from: Date;
  readonly to: Date;
  readonly timeZone: string;
  /** By bucket, team, cost center and kind. */
  readonly lines: readonly TeamCostLine[];
  readonly total: Costs;
  /** Calls without a price by team: with any, its cost is a lower bound. */
  readonly unpriced: ReadonlyMap<string, number>;
  readonly asOf: Date;
};

/**
 * What each team costs: its usage, and beside it what is paid whether it is
 * used or not, what lies idle, its shares of what is shared, the markup,
 * and adjustments. The usage lines are `/usage`'s figures; all lines add up to
 * usage, charges, markup and adjustments to the last digit.
 *
 * @throws {AppError} "invalid" unless the period is of whole days of the organisation's zone.
 */
export async function teamCosts(
  sql: SqlClient,
  scope: ReadScope,
  query: TeamCostQuery,
): Promise<TeamCosts> {
  return readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const period = daysOf(query, timeZone);
    const book = await readCostBook(tx);
    const inputs = await readCostInputs(tx, period, timeZone, book);
    const [clock] = await tx<{ now: Date }[]>`select now()`;
    const isSeen = sightOf(scope, query.teams);
    const adjustments = await adjustmentLines(tx, period);
    const lines = [...teamLines(inputs), ...adjustments].filter(({ team }) => isSeen(team));
    return {
      from: query.from,
      to: query.to,
      timeZone,
      lines: inBuckets(lines, { ...query, ...period, timeZone, book }),
      total: lines.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS),
      unpriced: new Map([...inputs.unpriced].filter(([team]) => isSeen(team))),
      asOf: clock?.now ?? query.to,
    };
  });
}

/** Whole days of the zone. @throws {AppError} "invalid" for instants within a day. */
export function daysOf({ from, to }: { from: Date; to: Date }, timeZone: string): DayPeriod {
  const days = {
    from: civilDayAt(from.getTime(), timeZone),
    to: civilDayAt(to.getTime(), timeZone),
  };
  const isWhole =
    startOfDay(days.from, timeZone) === from.getTime() &&
    startOfDay(days.to, timeZone) === to.getTime();
  if (isWhole && days.from < days.to) return days;
  const message = `The costs of teams are told by whole days in ${timeZone}: give dates`;
  throw new AppError(message, { code: "invalid" });
}

function sightOf(scope: ReadScope, wanted: readonly string[] | undefined) {
  const visible = teamsOf(scope);
  return (team: string) =>
    (visible === "all" || visible.includes(team)) && (wanted?.includes(team) ?? true);
}

type Buckets = DayPeriod & {
  readonly bucket: TeamCostBucket;
  readonly timeZone: string;
  readonly book: CostBook;
};

function inBuckets(
  lines: readonly TeamLine[],
  { from, to, bucket, timeZone, book }: Buckets,
): TeamCostLine[] {
  const startOf = (day: CivilDay) => {
    if (bucket === "day") return day;
    return bucket === "month" ? Math.max(from, monthOf(day)) : from;
  };
  const endOf = (day: CivilDay) => {
    if (bucket === "day") return day + 1;
    return bucket === "month" ? Math.min(to, addMonths(monthOf(day), 1)) : to;
  };
  const sums = new Map<string, TeamLine>();
  for (const line of lines) {
    const { team, costCenter, kind, charge, pool } = line;
    const day = startOf(line.day);
    const key = JSON.stringify([day, team, costCenter, kind, charge, pool]);
    const sum = sums.get(key);
    sums.set(key, { ...line, day, costs: addCosts(sum?.costs ?? NO_COSTS, line.costs) });
  }
  const charges = new Map(book.charges.map(({ id, name }) => [id, { id, name }]));
  const pools = new Map(book.pools.map(({ id, name }) => [id, { id, name }]));
  return [...sums.values()]
    .filter(({ costs }) => hasCosts(costs))
    .map(({ day, charge, pool, ...line }) => ({
      ...line,
      bucketStart: new Date(startOfDay(day, timeZone)),
      bucketEnd: new Date(startOfDay(endOf(day), timeZone)),
      charge: charge === null ? null : (charges.get(charge) ?? null),
      pool: pool === null ? null : (pools.get(pool) ?? null),
    }))
    .toSorted((a, b) => a.bucketStart.getTime() - b.bucketStart.getTime() || inOrder(a, b));
}

function inOrder(a: TeamCostLine, b: TeamCostLine): number {
  return (
    compare(a.team, b.team) ||
    compare(a.costCenter ?? "\uffff", b.costCenter ?? "\uffff") ||
    LINE_KINDS.indexOf(a.kind) - LINE_KINDS.indexOf(b.kind) ||
    compare(a.charge?.name ?? a.pool?.name ?? "", b.charge?.name ?? b.pool?.name ?? "")
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
