import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Month } from "#lib/close/month.ts";
import { KPI_NAMES, kpiValue } from "#lib/kpis/kpi.ts";
import { readKpiMonths } from "#lib/kpis/read-kpis.ts";
import { formatKpi } from "./format-kpi.ts";
import { formatShortMonth } from "./format-short-month.ts";
import { type KpiTrend, KpiTrends } from "./kpi-trends.tsx";

const MONTHS = 12;

/** Each figure over a year of months, up to the one that is shown. */
export async function Trends({
  viewer,
  month,
  nowMs,
}: {
  readonly viewer: Viewer;
  readonly month: Month;
  readonly nowMs: number;
}) {
  const asked = { last: month, count: MONTHS };
  const [t, locale, months] = await Promise.all([
    getTranslations("Kpis"),
    getLocale(),
    readKpiMonths(context().sql, viewer, asked, nowMs),
  ]);
  const trends = KPI_NAMES.map(
    (name): KpiTrend => ({
      name,
      title: t(`names.${name}`),
      points: months.map(({ month: of, kpis: { [name]: ratio } }) => ({
        month: of,
        label: formatShortMonth(of, locale),
        // A place on a chart; the text beside it is exact.
        value: ratio === null ? null : Number(kpiValue(name, ratio)),
        text: ratio === null ? null : formatKpi(name, ratio, locale),
      })),
    }),
  );
  const file = `/api/v1/kpis.csv?month=${month.name}&months=${MONTHS}`;
  return (
    <Panel
      title={t("trends")}
      note={t("trendsNote")}
      actions={<CsvLink href={file} what={t("trends")} />}
    >
      <KpiTrends trends={trends} />
    </Panel>
  );
}
