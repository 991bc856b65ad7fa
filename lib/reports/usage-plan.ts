import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type CalendarUnit, unitEdges } from "#lib/time/calendar.ts";
import { dayStart, hourStart } from "#lib/time/zone.ts";
import { DIMENSIONS, type Dimension, type UsageQuery } from "./usage-query.ts";

/** What usage can be read from, cheapest first for the same period. */
export type UsageSource = "day_team" | "day" | "day_person" | "day_user" | "hour" | "ledger";

/** A stretch of time, [from, to) in epoch milliseconds, and what it is read from. */
export type Piece = { readonly source: UsageSource; readonly from: number; readonly to: number };

export type UsageGrain = "team" | "person" | "set";

export type UsagePlan = {
  /** What the pieces need to tell: team and model, team and person, or any dimension. */
  readonly grain: UsageGrain;
  /** Ascending, without gap or overlap: together the query's period. */
  readonly pieces: readonly Piece[];
  /** Bucket n is [edges[n], edges[n + 1]); with bucket "none" just the period. */
  readonly edges: readonly number[];
};

/** What `usage_day_team` and `usage_day_person` know; neither has rate sets, which a contracted cost is made of. */
const KNOWN: { readonly [G in "team" | "person"]: readonly Dimension[] } = {
  team: ["team", "kind", "provider", "model"],
  person: ["team", "kind", "user"],
};

/** More buckets than anybody can read; a year of hours fits. */
const MAX_BUCKETS = 20_000;

/**
 * Picks the cheapest sources that answer a query exactly. Whole days of the
 * organisation's zone come from the day rollups, whole hours from the hour
 * rollup, and what is left at either end, or asks for more than a rollup
 * knows, from the ledger.
 *
 * @param organizationZone The zone whose hours and days the rollups hold.
 * @throws {AppError} "invalid" when the query has more than 20,000 buckets.
 */
export function planUsage(query: UsageQuery, organizationZone: string): UsagePlan {
  const from = query.from.getTime();
  const to = query.to.getTime();
  const edges = bucketEdges(query, from, to);
  const inner = edges.filter((edge) => edge > from && edge < to);
  const isWhole = (start: (ms: number, zone: string) => number) =>
    query.bucket === "none" || inner.every((edge) => start(edge, organizationZone) === edge);

  const period = { from, to };
  const grain = grainOf(query);
  if (uses(query, "session")) {
    return { edges, grain, pieces: [{ source: "ledger", ...period }] };
  }
  const days = isWhole(dayStart) ? wholePart(period, dayStart, organizationZone) : null;
  if (uses(query, "user")) {
    const source = grain === "person" ? "day_person" : "day_user";
    return { edges, grain, pieces: around(period, days, source, ledgerOnly) };
  }
  const byHours = (rest: Period): Piece[] => {
    const hours = isWhole(hourStart) ? wholePart(rest, hourStart, organizationZone) : null;
    return around(rest, hours, "hour", ledgerOnly);
  };
  const source = grain === "team" ? "day_team" : "day";
  return { edges, grain, pieces: around(period, days, source, byHours) };
}

function grainOf(query: UsageQuery): UsageGrain {
  if (query.costBasis === "contracted") return "set";
  const isKnown = (grain: "team" | "person") =>
    DIMENSIONS.every((dimension) => KNOWN[grain].includes(dimension) || !uses(query, dimension));
  if (isKnown("team")) return "team";
  return isKnown("person") ? "person" : "set";
}

type Period = { readonly from: number; readonly to: number };

function bucketEdges(query: UsageQuery, from: number, to: number): readonly number[] {
  if (query.bucket === "none") return [from, to];
  const unit: CalendarUnit = query.bucket;
  try {
    return unitEdges(from, to, unit, query.timeZone, MAX_BUCKETS);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError(because("many_buckets", { most: MAX_BUCKETS }), {
      code: "invalid",
      cause: error,
    });
  }
}

function uses(query: UsageQuery, dimension: Dimension): boolean {
  return query.groupBy.includes(dimension) || query.filters[dimension] !== undefined;
}

/** The whole units inside a period; null when there is none. */
function wholePart(
  period: Period,
  start: (ms: number, zone: string) => number,
  zone: string,
): Period | null {
  const first = start(period.from, zone);
  const from = first === period.from ? first : startAfter(period.from, start, zone);
  const to = start(period.to, zone);
  return from < to ? { from, to } : null;
}

/** The first start of a unit after an instant that is none itself. */
function startAfter(ms: number, start: (ms: number, zone: string) => number, zone: string): number {
  // Units are at most 25 hours (a day) or one (an hour); the step must not jump over a short one.
  let at = ms;
  const own = start(ms, zone);
  while (start(at, zone) === own) at += 900_000;
  return start(at, zone);
}

/** The middle from one source, both ends from what `rest` chooses. */
function around(
  period: Period,
  middle: Period | null,
  source: UsageSource,
  rest: (period: Period) => Piece[],
): Piece[] {
  if (middle === null) return rest(period);
  const pieces: Piece[] = [];
  if (period.from < middle.from) pieces.push(...rest({ from: period.from, to: middle.from }));
  pieces.push({ source, ...middle });
  if (middle.to < period.to) pieces.push(...rest({ from: middle.to, to: period.to }));
  return pieces;
}

function ledgerOnly(period: Period): Piece[] {
  return [{ source: "ledger", ...period }];
}
