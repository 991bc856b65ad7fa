import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReceiptLink } from "#app/_components/receipt-link.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { fileHref, pageHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery, usageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import { askedFor, firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { RUN_ROWS_READ, type RunDimension, runStats } from "#lib/reports/agent-runs.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { AgentTable } from "./agent-table.tsx";
import { ofPairs, readRunDimension } from "./run-dimension.ts";

/** More than anybody reads; the download has all. */
const MOST_ROWS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Agents");
  return { title: t("title") };
}

/** What agents and workflows cost: by run, and in all. */
export default async function AgentsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("Agents"),
    getTranslations("Costs"),
  ]);
  const { period, costBasis } = query;
  const by = readRunDimension(firstOf(params.of));
  return (
    <>
      <ReportHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
        path="/agents"
        query={query}
        more={ofPairs(by)}
      >
        <ReceiptLink query={query} />
        <nav aria-label={t("choose")} className="flex rounded-md bg-sunken p-0.5">
          {(["agent", "workflow"] as const).map((each) => (
            <Link
              key={each}
              href={pageHref("/agents", query, ofPairs(each))}
              aria-current={each === by ? "true" : undefined}
              className="flex h-7 items-center rounded px-2.5 text-muted hover:text-text aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-text aria-[current]:shadow-xs"
            >
              {t(`of.${each}`)}
            </Link>
          ))}
        </nav>
      </ReportHeader>
      <UsageInReporting scope={viewer} query={query} />
      <PanelBoundary>
        <Suspense key={askedFor(params)} fallback={<PanelSkeleton height={420} />}>
          <Agents scope={viewer} query={query} by={by} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Agents({
  scope,
  query,
  by,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly by: RunDimension;
}) {
  const { sql } = context();
  const asked = usageQuery(query, [by]);
  const [t, usage, stats] = await Promise.all([
    getTranslations("Agents"),
    usageReport(sql, scope, asked, { limit: MOST_ROWS, offset: 0 }),
    runStats(sql, scope, by, asked),
  ]);
  if (usage.rows.length === 0) {
    return (
      <Panel title={t(`of.${by}`)}>
        <Empty title={t("none")} />
      </Panel>
    );
  }
  const runs = new Map(stats.map((each) => [each.name, each]));
  const lines = usage.rows.map(({ group, measures }) => {
    const name = group[by] ?? null;
    return { name, measures, runs: runs.get(name) ?? null };
  });
  return (
    <AgentTable
      lines={lines}
      total={usage.total}
      query={query}
      by={by}
      note={t("runsNote", { rows: RUN_ROWS_READ })}
      csvHref={fileHref("agents", query, [["of", by]])}
    />
  );
}
