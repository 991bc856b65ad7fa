import { getLocale, getTranslations } from "next-intl/server";
import { anomalyMarkers } from "#app/_charts/anomaly-markers.ts";
import { bucketsOf } from "#app/_charts/buckets-of.ts";
import { chartData } from "#app/_charts/chart-data.ts";
import { countValues, usdValues } from "#app/_charts/chart-values.ts";
import { SpendChart } from "#app/_charts/spend-chart.tsx";
import { usageSeries } from "#app/_charts/usage-series.ts";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatClock } from "#app/_format/format-time.ts";
import { previousPeriod } from "#app/_period/previous-period.ts";
import { usageQuery } from "#app/_query/page-query.ts";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { usageAmounts } from "#lib/reports/usage-amounts.ts";
import type { UsageQuery, UsageRow } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { ALL_GROUPS, chartWords } from "./chart-words.ts";
import { csvOf, type ExploreQuery } from "./explore-pairs.ts";
import { groupKey } from "./group-key.ts";
import { columnsOf, isMoney, measureOf } from "./measures.ts";
import { MOST_TABLE_ROWS, TablePanel } from "./table-panel.tsx";

/** Groups × buckets that a chart is made of; by session there may be any number. */
const MOST_CHART_ROWS = 50_000;

export async function ExploreResult({
  scope,
  query,
}: {
  readonly scope: ReadScope;
  readonly query: ExploreQuery;
}) {
  const { period, groupBy, bucket, measure } = query;
  const { sql } = context();
  const page = { limit: MOST_TABLE_ROWS, offset: 0 };
  const ask = (question: UsageQuery) => usageReport(sql, scope, question, page);
  const asked = usageQuery(query, groupBy);
  const before = previousPeriod(period);
  const [series, table, previous, now, locale, t, groups] = await Promise.all([
    usageAmounts(
      sql,
      scope,
      usageQuery(query, groupBy, bucket),
      columnsOf(measure),
      MOST_CHART_ROWS,
    ),
    ask(asked),
    query.compare ? usageReport(sql, scope, { ...asked, from: before.from, to: before.to }) : null,
    requestTime(),
    getLocale(),
    getTranslations("Explore"),
    getTranslations("Groups"),
  ]);
  const title = t(`measures.${measure}`);
  const values = isMoney(measure)
    ? usdValues(locale, await reportingRates(period, now))
    : countValues(locale);
  const value = (measures: UsageRow["measures"]) => measureOf(measure, measures);
  const buckets = bucketsOf(period, bucket);
  const markers = isMoney(measure) ? await anomalyMarkers(scope, buckets, query.filters) : [];
  const amounts = usageSeries(
    series,
    (group) => groupKey(groupBy, group),
    ({ amount }) => amount,
    buckets,
  );
  const data = chartData(amounts, values, now, chartWords(query, locale, t("other"), groups));
  const total = values.format(value(table.total));
  return (
    <>
      <Panel
        title={title}
        note={t("asOf", { time: formatClock(table.asOf, locale, period.timeZone) })}
        actions={<CsvLink href={csvOf(query, bucket)} what={t("chartCsv")} />}
      >
        {series.length > MOST_CHART_ROWS ? (
          <Empty title={t("tooMany")}>{t("tooManyHint")}</Empty>
        ) : data.series.length === 0 ? (
          <Empty title={t("empty")}>{t("emptyHint")}</Empty>
        ) : (
          <SpendChart
            data={data}
            description={t("description", { measure: title, total })}
            markers={markers}
          />
        )}
      </Panel>
      <div id={ALL_GROUPS} className="scroll-mt-16">
        <TablePanel query={query} result={table} previous={previous} before={before} />
      </div>
    </>
  );
}
