import type { Viewer } from "#lib/access/viewer.ts";
import { detectHourly } from "#lib/anomalies/hourly-detector.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { unitEdges } from "#lib/time/calendar.ts";
import type { Anomaly } from "./anomaly.ts";
import { backTest } from "./back-test.ts";
import { readScopeSeries } from "./scope-series.ts";
import type { AnomalyScope } from "./sighting.ts";
import { readWatchFacts } from "./watch-facts.ts";

const HOUR_MS = 3_600_000;
const SHOWN_DAYS = 60;
const SHOWN_HOURS = 72;
const WINDOW = 6;

export type SeriesPoint = {
  readonly at: Date;
  /** Dollars; null where unknown. */
  readonly actual: number | null;
  readonly range: { readonly low: number; readonly high: number } | null;
  readonly isOdd: boolean;
};

export type AnomalySeries = {
  readonly unit: "day" | "hour";
  /** Whose spend it is. */
  readonly scope: AnomalyScope;
  readonly points: readonly SeriesPoint[];
};

/** Spend of an anomaly's scope around its time: days with the expected range, or hours up to the rate at which a burn is told. */
export async function anomalySeries(
  sql: SqlClient,
  viewer: Viewer,
  anomaly: Anomaly,
  now: number,
): Promise<AnomalySeries> {
  const unit = anomaly.source === "day" ? "day" : "hour";
  const scope = visibleScope(viewer, anomaly);
  if (scope === null) return { unit, scope: {}, points: [] };
  const read =
    unit === "day" ? days(sql, viewer, anomaly, scope, now) : hours(sql, anomaly, scope, now);
  return { unit, scope, points: await read };
}

async function days(
  sql: SqlClient,
  viewer: Viewer,
  anomaly: Anomaly,
  scope: AnomalyScope,
  now: number,
): Promise<SeriesPoint[]> {
  const usual = { deviations: null, share: null, amount: null };
  const { days: all } = await backTest(sql, viewer, { scope, ...usual }, now);
  return all.slice(-SHOWN_DAYS).map(({ day, actual, range }) => ({
    ...{ at: day, actual, range },
    isOdd: isWithin(anomaly, day.getTime()),
  }));
}

async function hours(
  sql: SqlClient,
  anomaly: Anomaly,
  scope: AnomalyScope,
  now: number,
): Promise<SeriesPoint[]> {
  const { timeZone } = await readWatchFacts(sql, now);
  const to = Math.min(now, anomaly.endsAt.getTime() + 12 * HOUR_MS);
  const from = to - (SHOWN_HOURS + 168) * HOUR_MS;
  const edges = unitEdges(from, to, "hour", timeZone, 400);
  const starts = edges.slice(0, -1);
  const [series] = await readScopeSeries(sql, "usage_hour", [scope], {
    from: starts[0] ?? from,
    to: edges.at(-1) ?? to,
  });
  const values = starts.map((hour) => series?.buckets.get(hour)?.spend ?? 0);
  const burns = detectHourly(values);
  return starts
    .map((hour, index) => ({
      at: new Date(hour),
      actual: values[index] ?? 0,
      range: rangeOf(burns[index]?.expected),
      isOdd: isWithin(anomaly, hour),
    }))
    .slice(-SHOWN_HOURS);
}

/** A burn is told of six hours together; an hour's share of what these may spend. */
function rangeOf(expected: number | undefined): SeriesPoint["range"] {
  return expected === undefined ? null : { low: 0, high: (1.5 * expected) / WINDOW };
}

function isWithin({ startsAt, endsAt }: Anomaly, at: number): boolean {
  return at + HOUR_MS > startsAt.getTime() && at < endsAt.getTime();
}

/**
 * The watched series nearest to the anomaly: where an agent is named without its
 * model, the agent's, whatever its team, or else the team's. Other days of a scope without a team may be those of other
 * teams, so who sees some teams only is shown the team's.
 */
function visibleScope({ teams }: Viewer, { scope, explanation }: Anomaly): AnomalyScope | null {
  const { team, agent, model } = scope;
  if (team !== undefined && agent !== undefined && model === undefined) {
    return teams === "all" ? { agent } : { team };
  }
  if (team !== undefined) return scope;
  if (teams === "all") return scope;
  const own = explanation.contributions.find(
    ({ dimension, value }) => dimension === "team" && value !== null && teams.includes(value),
  );
  return own?.value == null ? null : { team: own.value };
}
