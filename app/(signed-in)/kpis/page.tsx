import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { rateOfMonth, reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { formatMonth } from "#app/_statements/format-month.ts";
import { MonthPicker } from "#app/_statements/month-picker.tsx";
import { monthBeside, readMonth } from "#app/_statements/read-month.ts";
import { instantsOf, monthNamed } from "#lib/close/month.ts";
import { unpricedCalls } from "#lib/kpis/kpi.ts";
import { readKpiMonths } from "#lib/kpis/read-kpis.ts";
import { KpiTable } from "./kpi-table.tsx";
import { monthHref } from "./month-href.ts";
import { Trends } from "./trends.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Kpis");
  return { title: t("title") };
}

const MONTHS = 12;

/** The key figures of finance of a month beside the month before, each with its formula in numbers. */
export default async function KpisPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const t = await getTranslations("Kpis");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [search, { timeZone }, now, locale] = await Promise.all([
    searchParams,
    currentOrganization(),
    requestTime(),
    getLocale(),
  ]);
  const { month, running } = readMonth(firstOf(search.month), now, timeZone);
  const asked = { last: month, count: MONTHS };
  const months = await readKpiMonths(context().sql, viewer, asked, now.getTime());
  const [before, shown] = months.slice(-2);
  const { from } = instantsOf(monthNamed(monthBeside(month, -1)), timeZone);
  const { to } = instantsOf(month, timeZone);
  const reporting = await reportingRates({ from, to, timeZone }, now);
  const unpriced = shown === undefined ? 0 : unpricedCalls(shown.kpis);
  const isRunning = month.name === running.name;
  return (
    <>
      <PageHeader title={t("title")} note={t(isRunning ? "soFar" : "note")}>
        <MonthPicker month={month} running={running} hrefOf={monthHref} />
      </PageHeader>
      {reporting && <RateNote of="month" reporting={reporting} />}
      {unpriced > 0 && (
        <Notice tone="warn" title={t("unpriced", { count: unpriced })}>
          <Link href="/unpriced" className="underline underline-offset-2">
            {t("unpricedHint")}
          </Link>
        </Notice>
      )}
      <Panel
        title={formatMonth(month.name, locale)}
        note={t("basis", { zone: timeZone })}
        actions={<CsvLink href={`/api/v1/kpis.csv?month=${month.name}`} what={t("title")} />}
      >
        {shown && before && (
          <KpiTable
            {...{ shown, before }}
            rateOf={(name) => rateOfMonth(name, timeZone, reporting)}
          />
        )}
      </Panel>
      <Trends months={months} />
    </>
  );
}
