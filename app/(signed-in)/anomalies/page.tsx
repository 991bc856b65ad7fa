import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { LiveRefresh } from "#app/_live/live-refresh.tsx";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { AnomalyState } from "#lib/anomaly-control/anomaly.ts";
import { lastLooks } from "#lib/anomaly-control/last-looks.ts";
import { listAnomalies } from "#lib/anomaly-control/list-anomalies.ts";
import { AnomalyTable } from "./anomaly-table.tsx";

const SHOWN = 100;
const VIEWS = {
  active: ["open", "acknowledged"],
  expected: ["expected"],
  resolved: ["resolved"],
  all: undefined,
} as const satisfies Record<string, readonly AnomalyState[] | undefined>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Anomalies");
  return { title: t("title") };
}

/** What is not normal, the latest first; what is over on views of its own. */
export default async function AnomaliesPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, { timeZone }] = [
    await searchParams,
    await getTranslations("Anomalies"),
    await currentOrganization(),
  ];
  const asked = firstOf(params.state) ?? "active";
  const view = asked in VIEWS ? (asked as keyof typeof VIEWS) : "active";
  const { sql } = context();
  const [{ anomalies, next }, looks, locale] = await Promise.all([
    listAnomalies(sql, viewer, { states: VIEWS[view], limit: SHOWN }),
    lastLooks(sql),
    getLocale(),
  ]);
  const now = await requestTime();
  const from = new Date(Math.min(...anomalies.map(({ endsAt }) => endsAt.getTime() - 1), +now));
  const reporting = await reportingRates({ from, to: now, timeZone }, now);
  const at = (moment: Date | null) =>
    moment === null ? t("notYet") : formatMoment(moment, locale, timeZone);
  const query = view === "all" ? "" : `?state=${view}`;
  return (
    <>
      <PageHeader
        title={t("title")}
        note={
          <>
            {t("note")} <LiveRefresh asOf={now} />
          </>
        }
      >
        <Link href="/anomalies/planned" className={buttonClass()}>
          {t("planned")}
        </Link>
        <Link href="/anomalies/sensitivity" className={buttonClass()}>
          {t("sensitivity")}
        </Link>
      </PageHeader>
      <nav aria-label={t("views")} className="flex flex-wrap gap-1">
        {(Object.keys(VIEWS) as (keyof typeof VIEWS)[]).map((name) => (
          <Link
            key={name}
            href={`/anomalies?state=${name}`}
            aria-current={name === view ? "page" : undefined}
            className="inline-flex h-8 items-center rounded-md px-3 text-muted text-sm hover:bg-hover aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-text"
          >
            {t(`viewNames.${name}`)}
          </Link>
        ))}
      </nav>
      {reporting && anomalies.length > 0 && <RateNote of="anomaly" reporting={reporting} />}
      <Panel
        title={t("count", { count: anomalies.length })}
        note={
          <>
            {next !== null && `${t("shown", { count: SHOWN })} · `}
            {t("looks", { hours: at(looks.hours), days: at(looks.days) })}
          </>
        }
        actions={<CsvLink href={`/api/v1/anomalies.csv${query}`} what={t("title")} />}
      >
        {anomalies.length === 0 ? (
          <Empty title={t(view === "active" ? "none" : "noneHere")}>{t("noneHint")}</Empty>
        ) : (
          <AnomalyTable anomalies={anomalies} timeZone={timeZone} reporting={reporting} />
        )}
      </Panel>
    </>
  );
}
