import { type Sensitivity, USUAL_SENSITIVITY } from "#lib/anomalies/sensitivity.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { floatOf } from "#lib/money/float-usd.ts";
import { parseUsd } from "#lib/money/money.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { dayStart } from "#lib/time/zone.ts";
import { listPlannedEvents, type PlannedEvent } from "./planned-events.ts";
import { readSettings } from "./settings.ts";
import type { AnomalyScope, Metric } from "./sighting.ts";

const DAY_MS = 86_400_000;
/** Feedback counts for a quarter. */
const FEEDBACK_DAYS = 90;
/** Least amounts that are worth a look, however small the organisation. */
const LEAST: Readonly<Record<Metric, number>> = {
  spend: 1,
  tokens: 500_000,
  calls: 500,
  errors: 50,
  tool_calls: 500,
};
const SHARE_OF_DAY = 0.02;
/** A detector of agents proves what it says, so it may speak of less. */
const MOST_FOR_AGENTS = 25;

/** What a person has said about an anomaly. */
export type Feedback = {
  readonly verdict: "unexpected" | "expected" | "not_anomaly";
  readonly keys: readonly string[];
  readonly startsAt: number;
  readonly endsAt: number;
};

/** All that detection goes by besides usage. */
export type WatchFacts = {
  readonly now: number;
  readonly timeZone: string;
  /** Start of the first day with usage; null while there is none. */
  readonly firstDay: number | null;
  /** Start of the day that runs. */
  readonly today: number;
  readonly sensitivity: Sensitivity;
  /** Least change of a day, by metric. */
  readonly floors: Readonly<Record<Metric, number>>;
  /** Least cost of what a detector of agents tells, in dollars. */
  readonly agentFloor: number;
  readonly planned: readonly PlannedEvent[];
  readonly feedback: readonly Feedback[];
};

/**
 * Reads what detection goes by. The floor in money is the organisation's own,
 * or 2 % of its typical day and at least a dollar.
 */
export async function readWatchFacts(sql: SqlClient, now: number): Promise<WatchFacts> {
  const [organization] = await sql<{ time_zone: string }[]>`select time_zone from organization`;
  const timeZone = organization?.time_zone ?? "UTC";
  const today = dayStart(now, timeZone);
  const [typical, settings, planned, feedback, first] = await Promise.all([
    typicalDay(sql, today),
    readSettings(sql),
    listPlannedEvents(sql, "all", new Date(now - 120 * DAY_MS)),
    readFeedback(sql, now),
    sql<{ day: Date | null }[]>`select min(day) as day from usage_day`,
  ]);
  const floors = floorsOf(typical);
  const amount = settings.amount === null ? null : floatOf(settings.amount);
  return {
    now,
    timeZone,
    today,
    firstDay: first[0]?.day?.getTime() ?? null,
    sensitivity: {
      ...USUAL_SENSITIVITY,
      deviations: settings.deviations ?? USUAL_SENSITIVITY.deviations,
      share: settings.share ?? USUAL_SENSITIVITY.share,
    },
    floors: { ...floors, spend: amount ?? floors.spend },
    agentFloor: Math.min(amount ?? floors.spend, MOST_FOR_AGENTS),
    planned,
    feedback,
  };
}

/** Those days of the zone that end with `today` excluded, oldest first. */
export function daysBefore(today: number, count: number, timeZone: string): number[] {
  const days = [today];
  while (days.length <= count) days.unshift(dayStart((days[0] ?? today) - 1, timeZone));
  return days.slice(0, -1);
}

export function endOfDay(day: number, timeZone: string): number {
  return nextUnitStart(day, "day", timeZone);
}

/** Whether something said of `part` also moves `whole`: the same values, or none. */
export function touches(part: AnomalyScope, whole: AnomalyScope): boolean {
  return (["team", "model", "agent"] as const).every(
    (name) => part[name] === undefined || whole[name] === undefined || part[name] === whole[name],
  );
}

/** Each "not an anomaly" about the same scope asks for a quarter more, up to three times as much. */
export function feedbackFactor(facts: Pick<WatchFacts, "feedback">, key: string): number {
  const said = facts.feedback.filter(
    ({ verdict, keys }) => verdict === "not_anomaly" && keys.includes(key),
  );
  return Math.min(3, 1 + 0.25 * said.length);
}

async function typicalDay(sql: SqlClient, today: number): Promise<Record<Metric, number>> {
  const [row] = await sql<Record<Metric, number>[]>`
    with days as (
      select day, sum(cost) as spend,
             sum(input_uncached + cache_read + cache_write_5m + cache_write_1h + output) as tokens,
             sum(model_calls) as calls, sum(errors) as errors, sum(tool_calls) as tool_calls
        from usage_day where day >= ${new Date(today - 28 * DAY_MS)} and day < ${new Date(today)}
       group by day)
    select coalesce(percentile_cont(0.5) within group (order by spend), 0)::float8 as spend,
           coalesce(percentile_cont(0.5) within group (order by tokens), 0)::float8 as tokens,
           coalesce(percentile_cont(0.5) within group (order by calls), 0)::float8 as calls,
           coalesce(percentile_cont(0.5) within group (order by errors), 0)::float8 as errors,
           coalesce(percentile_cont(0.5) within group (order by tool_calls), 0)::float8 as tool_calls
      from days`;
  return row ?? { spend: 0, tokens: 0, calls: 0, errors: 0, tool_calls: 0 };
}

function floorsOf(typical: Record<Metric, number>): Record<Metric, number> {
  const floor = (metric: Metric) => Math.max(LEAST[metric], SHARE_OF_DAY * typical[metric]);
  return {
    spend: floor("spend"),
    tokens: floor("tokens"),
    calls: floor("calls"),
    errors: floor("errors"),
    tool_calls: floor("tool_calls"),
  };
}

/** What was said in the last quarter. */
export async function readFeedback(sql: SqlClient, now: number): Promise<Feedback[]> {
  const rows = await sql<
    { feedback: Feedback["verdict"]; keys: string[]; starts_at: Date; ends_at: Date }[]
  >`
    select feedback, keys, starts_at, ends_at from anomaly
     where feedback is not null and feedback_at >= ${new Date(now - FEEDBACK_DAYS * DAY_MS)}`;
  return rows.map(({ feedback, keys, starts_at, ends_at }) => ({
    verdict: feedback,
    keys,
    startsAt: starts_at.getTime(),
    endsAt: ends_at.getTime(),
  }));
}

/** Dollars of a decimal from the database, as statistics take them. */
export function dollarsOf(decimal: string): number {
  return floatOf(parseUsd(decimal));
}
