import { getLocale, getTranslations } from "next-intl/server";
import { formatUsd } from "#app/_format/format-usd.ts";
import type { Filters } from "#app/_query/filters.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { Anomaly } from "#lib/anomaly-control/anomaly.ts";
import { listAnomalies } from "#lib/anomaly-control/list-anomalies.ts";
import { floatOf } from "#lib/money/float-usd.ts";
import type { ChartMarker } from "./chart-data.ts";

/** More would hide the bars. */
const MOST = 20;
/** Of these the largest are marked. */
const LOOKED_AT = 500;

/**
 * The largest anomalies of a chart's time that the viewer may see, each at its
 * first bar; those of spend before others.
 *
 * @param filters What the chart shows: anomalies of other teams, models and agents have no place on it.
 */
export async function anomalyMarkers(
  scope: ReadScope,
  buckets: readonly { readonly start: Date; readonly end: Date }[],
  filters: Filters = {},
): Promise<ChartMarker[]> {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [t, locale, { anomalies }] = await Promise.all([
    getTranslations("Anomalies"),
    getLocale(),
    listAnomalies(context().sql, scope, { from: first.start, to: last.end, limit: LOOKED_AT }),
  ]);
  const own = largest(anomalies.filter((anomaly) => mayTouch(anomaly, filters)));
  return own.map(({ id, kind, metric, impact, startsAt }) => ({
    id,
    index: Math.max(
      0,
      buckets.findIndex(({ end }) => startsAt < end),
    ),
    label: t(`kinds.${kind}`) + (metric === "spend" ? ` ${formatUsd(impact, locale)}` : ""),
  }));
}

/** In the order of their time. */
function largest(anomalies: readonly Anomaly[]): Anomaly[] {
  const size = ({ metric, impact }: Anomaly) =>
    metric === "spend" ? Math.abs(floatOf(impact)) : 0;
  return anomalies
    .toSorted((a, b) => size(b) - size(a) || b.startsAt.getTime() - a.startsAt.getTime())
    .slice(0, MOST)
    .toSorted((a, b) => b.startsAt.getTime() - a.startsAt.getTime());
}

/**
 * Whether what an anomaly is about is among what a chart is narrowed to: what its
 * scope names, else what its change came from. A loop on one model has no place on
 * the chart of another.
 */
function mayTouch({ scope, explanation }: Anomaly, filters: Filters): boolean {
  return (["team", "model", "agent"] as const).every((name) => {
    const [value, wanted] = [scope[name], filters[name]];
    if (wanted === undefined) return true;
    if (value !== undefined) return wanted.includes(value);
    const drivers = explanation.contributions.filter(({ dimension }) => dimension === name);
    return (
      drivers.length === 0 || drivers.some(({ value: of }) => of !== null && wanted.includes(of))
    );
  });
}
