import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { KPI_NAMES, kpiValue } from "#lib/kpis/kpi.ts";
import type { MonthKpis } from "#lib/kpis/read-kpis.ts";
import { formatKpi } from "./format-kpi.ts";
import { formatShortMonth } from "./format-short-month.ts";
import { type KpiTrend, KpiTrends } from "./kpi-trends.tsx";

/** Each figure over a year of months, up to the one that is shown. */
export async function Trends({ months }: { readonly months: readonly MonthKpis[] }) {
  const [t, locale] = await Promise.all([getTranslations("Kpis"), getLocale()]);
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
  const file = `/api/v1/kpis.csv?month=${months.at(-1)?.month}&months=${months.length}`;
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
