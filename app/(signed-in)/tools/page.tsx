import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReceiptLink } from "#app/_components/receipt-link.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { fileHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import { askedFor, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { callTimings, TIMED_ROWS } from "#lib/reports/call-timing.ts";
import { toolCallReport } from "#lib/reports/tool-calls.ts";
import { ToolTable } from "./tool-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Tools");
  return { title: t("title") };
}

/** What agents do between model calls: how often, how it ends, how long it takes. */
export default async function ToolsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("Tools"),
    getTranslations("Costs"),
  ]);
  const { period, filters, costBasis } = query;
  const ofTools = { ...query, filters: { ...filters, kind: ["tool_call"] } };
  return (
    <>
      <ReportHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
        path="/tools"
        query={query}
      >
        <ReceiptLink query={ofTools} />
      </ReportHeader>
      <UsageInReporting scope={viewer} query={ofTools} />
      <PanelBoundary>
        <Suspense key={askedFor(params)} fallback={<PanelSkeleton height={420} />}>
          <Tools scope={viewer} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Tools({ scope, query }: { readonly scope: ReadScope; readonly query: PageQuery }) {
  const { period, filters, costBasis } = query;
  const { sql } = context();
  const asked = { from: period.from, to: period.to, filters };
  const [t, report, timings] = await Promise.all([
    getTranslations("Tools"),
    toolCallReport(sql, scope, { ...asked, costBasis, groupBy: ["tool"] }),
    callTimings(sql, scope, "tool_call", asked),
  ]);
  if (report.rows.length === 0) {
    return (
      <Panel title={t("title")}>
        <Empty title={t("none")} />
      </Panel>
    );
  }
  const timingOf = new Map(timings.map((timing) => [timing.name, timing]));
  const lines = report.rows.map(({ group: { tool = null }, ...sums }) => ({
    ...{ tool, timing: timingOf.get(tool) ?? null },
    ...sums,
  }));
  return (
    <ToolTable
      lines={lines}
      total={report.total}
      query={query}
      note={t("durationNote", { rows: TIMED_ROWS })}
      csvHref={fileHref("tool-calls", query)}
    />
  );
}
