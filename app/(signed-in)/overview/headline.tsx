import { getLocale, getTranslations } from "next-intl/server";
import { Announce } from "#app/_components/announce.tsx";
import { formatClock } from "#app/_format/format-time.ts";
import { formatUsd } from "#app/_format/format-usd.ts";
import { LiveRefresh } from "#app/_live/live-refresh.tsx";
import type { PageQuery } from "#app/_query/page-query.ts";
import { ReportingRate } from "#app/_reporting/reporting-rate.tsx";
import { requestTime } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { readTotals } from "./read-overview.ts";
import { type Reporting, readReporting } from "./reporting.ts";
import { Tiles } from "./tiles.tsx";

/** The tiles, and how fresh they are. */
export async function Headline({
  scope,
  query,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
}) {
  const now = await requestTime();
  const [totals, reporting, locale, t] = await Promise.all([
    readTotals(scope, query, now),
    readReporting(scope, query, now),
    getLocale(),
    getTranslations("Overview"),
  ]);
  return (
    <div className="flex flex-col gap-2">
      <Tiles totals={totals} reporting={reporting} query={query} />
      <p className="figures flex flex-wrap items-center gap-x-3 text-muted text-xs">
        <LiveRefresh asOf={totals.asOf} />
        <Announce text={t("announce", { amount: formatUsd(totals.today.cost, locale) })} />
        <span>{t("asOf", { time: formatClock(totals.asOf, locale, query.period.timeZone) })}</span>
        {reporting !== null && <RateOf reporting={reporting} />}
      </p>
    </div>
  );
}

function RateOf({
  reporting: { currency, rate, today, month },
}: {
  readonly reporting: Reporting;
}) {
  const isWhole = today !== null && month !== null;
  return <ReportingRate currency={currency} rate={isWhole ? rate : null} />;
}
