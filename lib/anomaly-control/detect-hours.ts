import { detectHourly, USUAL_BURN } from "#lib/anomalies/hourly-detector.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { unitEdges } from "#lib/time/calendar.ts";
import { keyOf } from "./detect-days.ts";
import { movedScopes, readScopeSeries, type ScopeSeries } from "./scope-series.ts";
import { keysOfScope, type Sighting } from "./sighting.ts";
import { feedbackFactor, touches, type WatchFacts } from "./watch-facts.ts";

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const HISTORY_HOURS = 10 * DAY_HOURS;
/** Hours that are judged anew in each run, for usage arrives late. */
const JUDGED_HOURS = 12;
const WINDOW = 6;
/**
 * Hours of single agents are bursty, whatever their money: what six of them burn must
 * be this many times the least change of a day, one twentieth of the organisation's
 * typical day unless somebody has set another.
 */
const HOUR_FLOORS = 2.5;
/** Two bad hours with so many between them are one thing. */
const GAP_HOURS = 6;

/**
 * Looks at the last hours of every scope that spends faster than the days
 * before: a guard rail on money. The hour that runs is judged with what it has
 * spent so far, which can only be too little to tell.
 */
export async function detectHours(sql: SqlClient, facts: WatchFacts): Promise<Sighting[]> {
  const { now, timeZone, firstDay, floors } = facts;
  const from = Math.max(now - HISTORY_HOURS * HOUR_MS, firstDay ?? now);
  if (now - from < 3 * DAY_HOURS * HOUR_MS) return [];
  const edges = unitEdges(from, now + 1, "hour", timeZone, 2 * HISTORY_HOURS);
  const hours = edges.slice(0, -1);
  const until = edges.at(-1) ?? now;
  const since = hours.at(-JUDGED_HOURS) ?? now;
  const never = Number.MAX_SAFE_INTEGER;
  const scopes = await movedScopes(sql, {
    table: "usage_hour",
    since,
    before: from,
    until,
    judged: JUDGED_HOURS,
    compared: hours.length - JUDGED_HOURS,
    // Six hours must reach the floor together; counts have their days.
    floors: {
      spend: (HOUR_FLOORS * floors.spend) / WINDOW,
      tokens: never,
      calls: never,
      errors: never,
      tool_calls: never,
    },
  });
  const series = await readScopeSeries(sql, "usage_hour", scopes, { from, to: until });
  return series.flatMap((each) => burnOf(each, hours, until, facts));
}

function burnOf(
  { scope, buckets }: ScopeSeries,
  hours: readonly number[],
  until: number,
  facts: WatchFacts,
): Sighting[] {
  const factor = feedbackFactor(facts, keyOf(scope));
  const values = hours.map((hour) => buckets.get(hour)?.spend ?? 0);
  const burns = detectHourly(values, {
    ...USUAL_BURN,
    amount: HOUR_FLOORS * facts.floors.spend * factor,
    ratio: USUAL_BURN.ratio * factor,
    deviations: USUAL_BURN.deviations * factor,
  });
  const bad = burns.flatMap((burn, index) =>
    index >= hours.length - JUDGED_HOURS && burn?.isTooFast === true ? [index] : [],
  );
  const last = bad.at(-1);
  if (last === undefined) return [];
  const first = firstOfRun(bad, last);
  const [start, end] = spanOf(values, burns, first, last);
  const startsAt = hours[start] ?? until;
  const endsAt = hours[end + 1] ?? until;
  const planned = facts.planned.some(
    (event) =>
      touches(event.scope, scope) &&
      event.startsAt.getTime() < endsAt &&
      event.endsAt.getTime() > startsAt &&
      (event.factor === null ||
        (burns[last]?.spent ?? 0) <= event.factor * (burns[last]?.expected ?? 0)),
  );
  if (planned) return [];
  // A scope that has just begun to spend is new; its first hours are no emergency.
  const isNew = values.slice(0, Math.max(0, start - WINDOW)).every((value) => value === 0);
  return [
    {
      source: "hour",
      kind: isNew ? "new" : "burn",
      metric: "spend",
      direction: 1,
      scope,
      keys: [...new Set([keyOf(scope), ...keysOfScope(scope)])],
      startsAt,
      endsAt,
      isNotable: !isNew,
      excess: Math.max(
        ...bad.map((hour) => (burns[hour]?.spent ?? 0) - (burns[hour]?.expected ?? 0)),
      ),
      measured: null,
      wasted: null,
      finding: { kind: isNew ? "new" : "burn", hours: end - start + 1 },
    },
  ];
}

/** The first bad hour of the run that ends with the last one. */
function firstOfRun(bad: readonly number[], last: number): number {
  let first = last;
  for (const hour of bad.toReversed()) if (first - hour <= GAP_HOURS) first = hour;
  return first;
}

/** A window looks back; the thing itself is the hours that spent more than their usual share. */
function spanOf(
  values: readonly number[],
  burns: readonly ({ readonly expected: number } | null)[],
  first: number,
  last: number,
): readonly [number, number] {
  const isHigh = (hour: number) =>
    (values[hour] ?? 0) > (1.25 * (burns[hour]?.expected ?? 0)) / WINDOW;
  let start = Math.max(0, first - WINDOW + 1);
  while (start < first && !isHigh(start)) start += 1;
  let end = last;
  while (end > start && !isHigh(end)) end -= 1;
  return [start, end];
}
