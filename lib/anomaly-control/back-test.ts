import type { Viewer } from "#lib/access/viewer.ts";
import type { Verdict } from "#lib/anomalies/daily-detector.ts";
import { judgeSeries } from "#lib/anomalies/judge-series.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { dayValues, HISTORY_DAYS, keyOf, knownDays } from "./detect-days.ts";
import { readScopeSeries } from "./scope-series.ts";
import type { AnomalyScope } from "./sighting.ts";
import { daysBefore, endOfDay, readWatchFacts } from "./watch-facts.ts";

export type BackTestInput = {
  readonly scope: AnomalyScope;
  readonly deviations: number | null;
  readonly share: number | null;
  /** Dollars a day. */
  readonly amount: number | null;
};

export type BackTestDay = {
  readonly day: Date;
  readonly actual: number | null;
  readonly expected: number | null;
  readonly range: Verdict["range"];
  readonly kind: string | null;
};

/** What the daily detector would have said, with these limits, of the days that are there. */
export type BackTest = {
  readonly days: readonly BackTestDay[];
  readonly limits: { readonly deviations: number; readonly share: number; readonly amount: number };
  readonly incidents: readonly {
    readonly from: Date;
    readonly to: Date;
    readonly kind: string;
    readonly excess: number;
    readonly isNotable: boolean;
  }[];
  /** By what people said of anomalies of this scope; null where nobody said anything. */
  readonly labelled: {
    readonly real: number;
    readonly false: number;
    readonly precision: number | null;
    readonly recall: number | null;
  };
};

/** @throws {AppError} "forbidden" for scopes beyond the viewer's teams. */
export async function backTest(
  sql: SqlClient,
  viewer: Viewer,
  input: BackTestInput,
  now: number,
): Promise<BackTest> {
  const { scope } = input;
  const isOwn =
    viewer.teams === "all" || (scope.team !== undefined && viewer.teams.includes(scope.team));
  if (!isOwn) throw new AppError("You may not look at this scope", { code: "forbidden" });
  const facts = await readWatchFacts(sql, now);
  const { sensitivity, floors } = facts;
  const limits = {
    deviations: input.deviations ?? sensitivity.deviations,
    share: input.share ?? sensitivity.share,
    amount: input.amount ?? floors.spend,
  };
  const days = daysBefore(facts.today, HISTORY_DAYS, facts.timeZone).filter(
    (day) => facts.firstDay !== null && day >= facts.firstDay,
  );
  const isWhole = Object.keys(scope).length === 0;
  const series = await readScopeSeries(sql, "usage_day", isWhole ? [{}] : [scope, {}], {
    from: days[0] ?? facts.today,
    to: facts.today,
  });
  const own = series[0] ?? { scope, buckets: new Map() };
  const values = dayValues(own, series.at(-1), days, "spend");
  const { verdicts, incidents } = judgeSeries(
    values,
    { ...sensitivity, ...limits },
    knownDays(scope, days, facts),
  );
  const spans = incidents.map(({ firstDay, lastDay, kind, excess, isNotable }) => ({
    from: new Date(days[firstDay] ?? now),
    to: new Date(endOfDay(days[lastDay] ?? now, facts.timeZone)),
    kind,
    excess,
    isNotable,
  }));
  const labels = facts.feedback.filter(({ keys }) => keys.includes(keyOf(scope)));
  return {
    limits,
    days: days.map((day, index) => ({
      day: new Date(day),
      actual: values[index] ?? null,
      expected: verdicts[index]?.expected ?? null,
      range: verdicts[index]?.range ?? null,
      kind: verdicts[index]?.anomaly?.kind ?? null,
    })),
    incidents: spans,
    labelled: scoreOf(spans, labels),
  };
}

/** An expected rise was odd, and rightly told; what is "no anomaly" was not. */
function scoreOf(
  incidents: readonly { readonly from: Date; readonly to: Date }[],
  labels: readonly { verdict: string; startsAt: number; endsAt: number }[],
): BackTest["labelled"] {
  const isFound = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }) =>
    incidents.some(({ from, to }) => from.getTime() < endsAt && to.getTime() > startsAt);
  const real = labels.filter(({ verdict }) => verdict !== "not_anomaly");
  const wrong = labels.filter(({ verdict }) => verdict === "not_anomaly");
  const [found, alarms] = [real.filter(isFound).length, wrong.filter(isFound).length];
  return {
    real: real.length,
    false: wrong.length,
    precision: found + alarms === 0 ? null : found / (found + alarms),
    recall: real.length === 0 ? null : found / real.length,
  };
}
