import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { PagingNav } from "#app/_paging/paging-nav.tsx";
import { fileHref, pageHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { listSessions, type SessionQuery } from "#lib/reports/sessions.ts";
import { readSessionPosition, sessionPositionText } from "./session-position.ts";
import { SessionTable } from "./session-table.tsx";

const PAGE_SIZE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Sessions");
  return { title: t("title") };
}

/** Conversations and runs, the latest first, each with what it cost. */
export default async function SessionsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [asked, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("Sessions"),
    getTranslations("Costs"),
  ]);
  // Sessions know their teams and people only; other filters would show what they do not do.
  const { period, costBasis } = asked;
  const { team, user } = asked.filters;
  const query = { ...asked, filters: { ...(team && { team }), ...(user && { user }) } };
  return (
    <>
      <ReportHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
        path="/sessions"
        query={query}
      />
      <PanelBoundary>
        <Suspense key={JSON.stringify(params)} fallback={<PanelSkeleton height={480} />}>
          <Sessions scope={viewer} query={query} after={firstOf(params.after)} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Sessions({
  scope,
  query,
  after,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly after: string | undefined;
}) {
  const { period, filters, costBasis } = query;
  const position = readSessionPosition(after);
  const t = await getTranslations("Sessions");
  const teams = filters.team?.filter((slug) => slug !== null);
  const asked: SessionQuery = {
    from: period.from,
    to: period.to,
    ...{ limit: PAGE_SIZE, costBasis },
    ...(teams && { team: teams }),
    ...(filters.user && { user: filters.user }),
    ...(position && { after: position }),
  };
  const [{ sessions, next }, reporting] = await Promise.all([
    listSessions(context().sql, scope, asked),
    reportingRates(period, await requestTime()),
  ]);
  return (
    <>
      {reporting && <RateNote of="session" reporting={reporting} />}
      <Panel
        title={t("title")}
        note={t("listNote")}
        actions={<CsvLink href={fileHref("sessions", query)} what={t("title")} />}
      >
        {sessions.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <SessionTable
            sessions={sessions}
            timeZone={period.timeZone}
            costBasis={costBasis}
            reporting={reporting}
          />
        )}
        {(next !== null || position !== undefined) && (
          <PagingNav>
            {position !== undefined && (
              <Link href={pageHref("/sessions", query)} className={buttonClass("ghost")}>
                {t("newest")}
              </Link>
            )}
            {next !== null && (
              <Link
                href={pageHref("/sessions", query, [["after", sessionPositionText(next)]])}
                className={buttonClass()}
              >
                {t("older")}
              </Link>
            )}
          </PagingNav>
        )}
      </Panel>
    </>
  );
}
