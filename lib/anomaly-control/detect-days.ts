import type { Incident } from "#lib/anomalies/incidents.ts";
import { judgeSeries, type KnownDays } from "#lib/anomalies/judge-series.ts";
import { INCIDENT_GAP_DAYS } from "#lib/anomalies/notice.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { Pace } from "./pace.ts";
import { movedScopes, readScopeSeries, type ScopeSeries } from "./scope-series.ts";
import { type AnomalyScope, keysOfScope, METRICS, type Metric, type Sighting } from "./sighting.ts";
import { daysBefore, endOfDay, feedbackFactor, touches, type WatchFacts } from "./watch-facts.ts";

/** Days that are judged anew in each run, for usage arrives late. */
export const JUDGED_DAYS = 3;
const COMPARED_DAYS = 28;
/** What the detector remembers, and eight weeks of errors before that. */
export const HISTORY_DAYS = 130;

/**
 * Looks at the last complete days of every scope that has moved. History is
 * read as it is now, so late usage and re-priced months change what is expected
 * and not only what was spent.
 */
export async function detectDays(sql: SqlClient, facts: WatchFacts): Promise<Sighting[]> {
  if (facts.firstDay === null || facts.firstDay >= facts.today) return [];
  const days = daysBefore(facts.today, HISTORY_DAYS, facts.timeZone).filter(
    (day) => day >= (facts.firstDay ?? 0),
  );
  const compared = Math.min(COMPARED_DAYS, days.length - JUDGED_DAYS);
  if (compared < 7) return [];
  const scopes = await movedScopes(sql, {
    table: "usage_day",
    since: days.at(-JUDGED_DAYS) ?? facts.today,
    before: days.at(-JUDGED_DAYS - compared) ?? facts.today,
    until: facts.today,
    judged: JUDGED_DAYS,
    compared,
    floors: facts.floors,
  });
  // The whole tells a gap in what arrives from spend that has gone.
  const all = scopes.some((scope) => Object.keys(scope).length === 0) ? scopes : [{}, ...scopes];
  const series = await readScopeSeries(sql, "usage_day", all, {
    from: days[0] ?? facts.today,
    to: facts.today,
  });
  const whole = series.find(({ scope }) => Object.keys(scope).length === 0);
  const sightings: Sighting[] = [];
  const pace = new Pace();
  for (const each of series) {
    await pace.rest();
    sightings.push(...sightingsOf(each, whole, days, facts));
  }
  return sightings;
}

/** The amounts of a scope by day: null where nothing at all arrived on a day that usually has usage. */
export function dayValues(
  { buckets }: ScopeSeries,
  whole: ScopeSeries | undefined,
  days: readonly number[],
  metric: Metric,
): (number | null)[] {
  return days.map((day, index) => {
    const value = buckets.get(day)?.[metric];
    if (value !== undefined) return value;
    return whole !== undefined && isGap(whole, days, index) ? null : 0;
  });
}

/** What people said of a scope, by day. */
export function knownDays(
  scope: AnomalyScope,
  days: readonly number[],
  facts: Pick<WatchFacts, "planned" | "feedback">,
): KnownDays {
  const keys = keyOf(scope);
  const accepted = facts.feedback
    .filter(({ verdict, keys: of }) => verdict === "expected" && of.includes(keys))
    .map(({ endsAt }) => days.findLastIndex((day) => day < endsAt))
    .filter((index) => index >= 0);
  const planned = facts.planned.filter((event) => touches(event.scope, scope));
  return {
    acceptedAt: new Set(accepted),
    plannedFactor: (index) => {
      const day = days[index] ?? 0;
      const events = planned.filter(
        ({ startsAt, endsAt }) =>
          endsAt.getTime() > day && startsAt.getTime() < (days[index + 1] ?? day + 86_400_000),
      );
      if (events.length === 0) return null;
      return Math.max(...events.map(({ factor }) => factor ?? Number.POSITIVE_INFINITY));
    },
  };
}

/** The key by which a series knows itself in what was said of it. */
export function keyOf(scope: AnomalyScope): string {
  return keysOfScope(scope).join("&");
}

function sightingsOf(
  series: ScopeSeries,
  whole: ScopeSeries | undefined,
  days: readonly number[],
  facts: WatchFacts,
): Sighting[] {
  return METRICS.flatMap((metric) => {
    const values = dayValues(series, whole, days, metric);
    const { sensitivity } = facts;
    const factor = feedbackFactor(facts, keyOf(series.scope));
    const { incidents } = judgeSeries(
      values,
      {
        ...sensitivity,
        deviations: sensitivity.deviations * factor,
        share: sensitivity.share * factor,
        amount: facts.floors[metric] * factor,
      },
      knownDays(series.scope, days, facts),
    );
    return incidents
      .filter(({ lastDay }) => lastDay >= days.length - JUDGED_DAYS)
      .filter((incident) => Math.abs(incident.excess) > 0 || incident.kind === "burst")
      .map((incident) => toSighting(series.scope, metric, incident, values, days, facts));
  });
}

function toSighting(
  scope: AnomalyScope,
  metric: Metric,
  incident: Incident,
  values: readonly (number | null)[],
  days: readonly number[],
  { timeZone, today }: WatchFacts,
): Sighting {
  const { direction, firstDay, lastDay, isNotable, excess } = incident;
  // The detector says "gone" where deviations say nothing; people say it of any fall to nothing.
  const kind = incident.kind === "fall" && values[lastDay] === 0 ? "gone" : incident.kind;
  const startsAt = days[firstDay] ?? today;
  const actual = values
    .slice(firstDay, lastDay + 1)
    .reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const isMoney = metric === "spend";
  return {
    source: "day",
    kind,
    metric,
    direction,
    scope,
    keys: [...new Set([keyOf(scope), ...keysOfScope(scope)])],
    startsAt,
    endsAt: endOfDay(days[lastDay] ?? today, timeZone),
    // Of a young series nothing was expected.
    excess: Math.abs(excess) || actual,
    // Counts that moved alone are for the page; money is worth a message.
    isNotable: isNotable && isMoney,
    measured: isMoney ? null : { expected: actual - excess, actual },
    wasted: null,
    finding: { kind, days: lastDay - firstDay + 1, gap_days: INCIDENT_GAP_DAYS },
  };
}

/** Nothing from anybody on a day whose weekday had usage in each of the last weeks. */
function isGap({ buckets }: ScopeSeries, days: readonly number[], index: number): boolean {
  if (hasUsage(buckets, days[index])) return false;
  const before = [7, 14].map((back) => days[index - back]).filter((day) => day !== undefined);
  return before.length > 0 && before.every((day) => hasUsage(buckets, day));
}

function hasUsage(buckets: ScopeSeries["buckets"], day: number | undefined): boolean {
  const amounts = day === undefined ? undefined : buckets.get(day);
  return amounts !== undefined && amounts.calls + amounts.tool_calls + amounts.tokens > 0;
}
