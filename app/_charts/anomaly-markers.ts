import { getLocale, getTranslations } from "next-intl/server";
import { formatUsd } from "#app/_format/format-usd.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { isAbout } from "#lib/anomaly-control/group-sightings.ts";
import { listAnomalies } from "#lib/anomaly-control/list-anomalies.ts";
import type { AnomalyScope } from "#lib/anomaly-control/sighting.ts";
import type { ChartMarker } from "./chart-data.ts";

const MOST = 20;

/**
 * The anomalies of a chart's time that the viewer may see, each at its first bar.
 *
 * @param about Only those that may touch it; all unless given.
 */
export async function anomalyMarkers(
  scope: ReadScope,
  buckets: readonly { readonly start: Date; readonly end: Date }[],
  about: AnomalyScope = {},
): Promise<ChartMarker[]> {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [t, locale, { anomalies }] = await Promise.all([
    getTranslations("Anomalies"),
    getLocale(),
    listAnomalies(context().sql, scope, { from: first.start, to: last.end, limit: MOST }),
  ]);
  const own = anomalies.filter(({ scope: its }) => isAbout(its, about));
  return own.map(({ id, kind, impact, startsAt }) => ({
    id,
    index: Math.max(
      0,
      buckets.findIndex(({ end }) => startsAt < end),
    ),
    label: `${t(`kinds.${kind}`)} ${formatUsd(impact, locale)}`,
  }));
}
