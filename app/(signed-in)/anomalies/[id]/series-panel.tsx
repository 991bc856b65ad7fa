import { getLocale, getTranslations } from "next-intl/server";
import { Panel } from "#app/_components/panel.tsx";
import { formatBucket } from "#app/_format/format-time.ts";
import { context } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Anomaly } from "#lib/anomaly-control/anomaly.ts";
import { anomalySeries } from "#lib/anomaly-control/anomaly-series.ts";
import { RangeChart } from "../range-chart.tsx";
import { RangeTable } from "../range-table.tsx";
import { ScopeText } from "../scope-text.tsx";

/** Spend of the anomaly's scope around its time, with the range that was expected. */
export async function SeriesPanel({
  anomaly,
  viewer,
  now,
  timeZone,
}: {
  readonly anomaly: Anomaly;
  readonly viewer: Viewer;
  readonly now: number;
  readonly timeZone: string;
}) {
  const [t, locale] = [await getTranslations("Anomalies"), await getLocale()];
  const { unit, scope, points } = await anomalySeries(context().sql, viewer, anomaly, now);
  const rows = points.map(({ at, actual, range, isOdd }) => ({
    label: formatBucket(at, unit, locale, timeZone, true),
    actual,
    range: range === null ? null : ([range.low, range.high] as const),
    isOdd,
  }));
  return (
    <Panel
      title={t("series")}
      note={
        <>
          <ScopeText scope={scope} /> · {t(unit === "day" ? "seriesDays" : "seriesHours")}
        </>
      }
    >
      <div className="px-4 pt-3 pb-4">
        <RangeChart description={t("series")} points={rows} />
      </div>
      <RangeTable points={rows} />
    </Panel>
  );
}
