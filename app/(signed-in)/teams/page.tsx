import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { previousPeriod } from "#app/_period/previous-period.ts";
import { usageCsvHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery, usageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { reportingToday } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { askedFor, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { listBudgets } from "#lib/budget-control/read-budgets.ts";
import type { BudgetStatus } from "#lib/budgets/status.ts";
import { listTeams } from "#lib/organization/teams.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { BudgetCell } from "./budget-cell.tsx";
import { teamRows } from "./team-rows.ts";
import { TeamTable } from "./team-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("TeamPages");
  return { title: t("title") };
}

/** Every team: what it spends, against which budget, and how that changed. */
export default async function TeamsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("TeamPages"),
    getTranslations("Costs"),
  ]);
  const { costBasis } = query;
  return (
    <>
      <ReportHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: query.period.timeZone })}
        path="/teams"
        query={query}
      />
      <UsageInReporting scope={viewer} query={query} />
      <PanelBoundary>
        <Suspense key={askedFor(params)} fallback={<PanelSkeleton height={420} />}>
          <Teams viewer={viewer} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Teams({ viewer, query }: { readonly viewer: Viewer; readonly query: PageQuery }) {
  const { sql } = context();
  const { period } = query;
  const now = await requestTime();
  const asked = usageQuery(query, ["team"]);
  const { from, to } = previousPeriod(period);
  const [t, teams, usage, before, { budgets }, reporting] = await Promise.all([
    getTranslations("TeamPages"),
    listTeams(sql, viewer),
    usageReport(sql, viewer, asked),
    usageReport(sql, viewer, { ...asked, from, to }),
    listBudgets(sql, viewer, now.getTime()),
    reportingToday(now),
  ]);
  const rows = teamRows({ teams, usage, before, budgets });
  if (rows.length === 0) {
    return (
      <Panel title={t("title")}>
        <Empty title={t("none")}>{t("noneHint")}</Empty>
      </Panel>
    );
  }
  const lines = rows.map(({ budget, ...row }) => ({
    ...row,
    budget: <BudgetCell status={budget} rate={reporting?.rate ?? null} />,
    budgetUsed: budget === null ? null : shareOfLimit(budget),
  }));
  return (
    <TeamTable
      lines={lines}
      total={usage.total}
      totalBefore={before.total}
      query={query}
      csvHref={usageCsvHref(query, ["team"], "none")}
    />
  );
}

/** In millionths. */
function shareOfLimit({ spent, limit }: BudgetStatus): bigint {
  return limit.total === 0n ? 0n : (spent * 1_000_000n) / limit.total;
}
