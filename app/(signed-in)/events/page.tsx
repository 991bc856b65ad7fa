import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FilterChips } from "#app/_components/filter-chips.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { PagingNav } from "#app/_paging/paging-nav.tsx";
import { fileHref, pageHref } from "#app/_query/links.ts";
import { type PageQuery, readRowsQuery } from "#app/_query/page-query.ts";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { type EventPosition, listEvents } from "#lib/reports/events.ts";
import { EventTable } from "./event-table.tsx";
import { positionText, readPosition } from "./position.ts";
import { type Rows, rateSetPairs, readRows, rowsPairs } from "./rows.ts";

const PAGE_SIZE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Events");
  return { title: t("title") };
}

/** The rows of the ledger behind a figure, newest first. */
export default async function EventsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readRowsQuery(params),
    getTranslations("Events"),
    getTranslations("Costs"),
  ]);
  const { period, costBasis } = query;
  const rows = readRows(params);
  const after = readPosition(firstOf(params.after));
  return (
    <>
      <PageHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
      >
        <Link
          href={pageHref("/events", query, rowsPairs({ ...rows, all: !rows.all }))}
          className={buttonClass(rows.all ? "secondary" : "ghost")}
        >
          {t(rows.all ? "onlyCounted" : "alsoNotCounted")}
        </Link>
        <CostPicker basis={costBasis} />
        <PagePeriod period={period} />
      </PageHeader>
      <FilterChips path="/events" query={query} more={rowsPairs(rows)} />
      {rows.rateSetId !== null && (
        <p className="text-muted">
          {t("ofRateSet", { id: rows.rateSetId })}{" "}
          <Link
            href={pageHref("/events", query, rowsPairs({ ...rows, rateSetId: null }))}
            className="underline underline-offset-2"
          >
            {t("ofAnyRateSet")}
          </Link>
        </p>
      )}
      <PanelBoundary>
        <Suspense key={JSON.stringify(params)} fallback={<PanelSkeleton height={480} />}>
          <EventPanel scope={viewer} query={query} rows={rows} after={after} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function EventPanel({
  scope,
  query,
  rows,
  after,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly rows: Rows;
  readonly after: EventPosition | undefined;
}) {
  const t = await getTranslations("Events");
  const { period, filters, costBasis } = query;
  const [{ events, next }, reporting] = await Promise.all([
    listEvents(context().sql, scope, {
      from: period.from,
      to: period.to,
      filters,
      ...{ limit: PAGE_SIZE, costBasis },
      ...(rows.all ? {} : { counted: true }),
      ...(rows.rateSetId !== null && { rateSetId: rows.rateSetId }),
      ...(after && { after }),
    }),
    reportingRates(period, await requestTime()),
  ]);
  const more = rowsPairs(rows);
  const counted: [string, string][] = rows.all ? [] : [["counted", "true"]];
  return (
    <Panel
      title={t("rows")}
      actions={
        <CsvLink
          href={fileHref("events", query, [...counted, ...rateSetPairs(rows.rateSetId)])}
          what={t("rows")}
        />
      }
    >
      {events.length === 0 ? (
        <Empty title={t("none")}>{t("noneHint")}</Empty>
      ) : (
        <>
          {reporting && (
            <div className="px-4 pt-3">
              <RateNote of="event" reporting={reporting} />
            </div>
          )}
          <EventTable events={events} timeZone={period.timeZone} reporting={reporting} />
        </>
      )}
      {(next !== null || after !== undefined) && (
        <PagingNav>
          {after !== undefined && (
            <Link href={pageHref("/events", query, more)} className={buttonClass("ghost")}>
              {t("newest")}
            </Link>
          )}
          {next !== null && (
            <Link
              href={pageHref("/events", query, [...more, ["after", positionText(next)]])}
              className={buttonClass()}
            >
              {t("older")}
            </Link>
          )}
        </PagingNav>
      )}
    </Panel>
  );
}
