import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { anomalyMarkers } from "#app/_charts/anomaly-markers.ts";
import { bucketsOf } from "#app/_charts/buckets-of.ts";
import { chartData } from "#app/_charts/chart-data.ts";
import { usdValues } from "#app/_charts/chart-values.ts";
import { SpendChart } from "#app/_charts/spend-chart.tsx";
import { usageSeries } from "#app/_charts/usage-series.ts";
import { Amount } from "#app/_components/amount.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { groupName } from "#app/_components/group-name.ts";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatUsd } from "#app/_format/format-usd.ts";
import { MOST_VALUES, withAnyOf, withoutFilter } from "#app/_query/filters.ts";
import { figureHref, pageHref, receiptHref, usageCsvHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { requestTime } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { readSeries } from "./read-overview.ts";
import { TokenClasses } from "./token-classes.tsx";

const STACKS = ["team", "model", "agent", "provider"] as const;
export type StackDimension = (typeof STACKS)[number];

export function isStackDimension(text: string | undefined): text is StackDimension {
  return STACKS.some((stack) => stack === text);
}

/** Spend over time, stacked by one dimension, beside the tokens of the same period. */
export async function SpendOverTime({
  scope,
  query,
  stack,
  path = "/",
  fixed,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly stack: StackDimension;
  /** The page that it is on. */
  readonly path?: string;
  /** What the page's path says already: nothing to stack by, and no filter of its links. */
  readonly fixed?: StackDimension;
}) {
  const [result, now, locale, t, groups] = await Promise.all([
    readSeries(scope, query, stack),
    requestTime(),
    getLocale(),
    getTranslations("Overview"),
    getTranslations("Groups"),
  ]);
  const { period } = query;
  const buckets = bucketsOf(period, period.bucket);
  const series = usageSeries(
    result.rows,
    (group) => group[stack] ?? null,
    ({ measures }) => measures.cost,
    buckets,
  );
  const markers = await anomalyMarkers(scope, buckets, query.filters);
  const reporting = await reportingRates(period, now);
  const data = chartData(series, usdValues(locale, reporting), now, {
    locale,
    hrefOf: (start, end) => figureHref(query, start, end),
    seriesHref: (keys) => stackHref(query, stack, keys),
    timeZone: period.timeZone,
    bucket: period.bucket,
    nameOf: (key) => groupName(stack, key, groups),
    other: t("other"),
  });
  const description = t("chartDescription", {
    total: formatUsd(result.total.cost, locale),
    by: t(`stacks.${stack}`),
  });
  return (
    <div className="grid items-stretch gap-5 xl:grid-cols-[minmax(0,1fr)_21rem] [&>*]:min-w-0">
      <Panel
        title={t("spend")}
        note={<Amount usd={result.total.cost} unpricedCalls={result.total.unpricedCalls} />}
        actions={
          <>
            <StackChoice query={query} stack={stack} path={path} fixed={fixed} />
            <CsvLink href={usageCsvHref(query, [stack], period.bucket)} what={t("spend")} />
          </>
        }
      >
        {result.rows.length === 0 ? (
          <Empty title={t("empty")}>
            <Link href="/connect" className="text-accent underline-offset-2 hover:underline">
              {t("emptyHint")}
            </Link>
          </Empty>
        ) : (
          <SpendChart data={data} description={description} markers={markers} />
        )}
      </Panel>
      <TokenClasses tokens={result.total.tokens} query={query} />
    </div>
  );
}

/** The receipt of some of the stack; of more than an address can name, the table of all of it. */
function stackHref(query: PageQuery, stack: StackDimension, keys: readonly (string | null)[]) {
  return keys.length > MOST_VALUES
    ? pageHref("/explore", query, [["by", stack]])
    : receiptHref({ ...query, filters: withAnyOf(query.filters, stack, keys) });
}

async function StackChoice({
  query,
  stack,
  path,
  fixed,
}: {
  readonly query: PageQuery;
  readonly stack: StackDimension;
  readonly path: string;
  readonly fixed: StackDimension | undefined;
}) {
  const t = await getTranslations("Overview");
  const choices = STACKS.filter((name) => name !== fixed);
  const filters = fixed === undefined ? query.filters : withoutFilter(query.filters, fixed);
  return (
    <nav aria-label={t("stackBy")} className="flex rounded-md bg-sunken p-0.5">
      {choices.map((name) => (
        <Link
          key={name}
          href={pageHref(path, { ...query, filters }, name === "team" ? [] : [["by", name]])}
          scroll={false}
          aria-current={name === stack ? "true" : undefined}
          className="flex h-6 items-center rounded px-2 text-muted text-xs hover:text-text aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-text aria-[current]:shadow-xs"
        >
          {t(`stacks.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
