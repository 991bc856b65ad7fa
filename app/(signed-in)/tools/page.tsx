import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { usageCsvHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { toolCallReport } from "#lib/reports/tool-calls.ts";
import { ROWS_READ, toolDurations } from "#lib/reports/tool-durations.ts";
import { ToolTable } from "./tool-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Tools");
  return { title: t("title") };
}

/** What agents do between model calls: how often, how it ends, how long it takes. */
export default async function ToolsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t] = await Promise.all([readPageQuery(params), getTranslations("Tools")]);
  return (
    <>
      <ReportHeader
        title={t("title")}
        note={t("note", { zone: query.period.timeZone })}
        path="/tools"
        query={query}
      />
      <PanelBoundary>
        <Suspense key={JSON.stringify(params)} fallback={<PanelSkeleton height={420} />}>
          <Tools scope={viewer} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Tools({ scope, query }: { readonly scope: ReadScope; readonly query: PageQuery }) {
  const { period, filters } = query;
  const { sql } = context();
  const asked = { from: period.from, to: period.to, filters };
  const [t, report, durations] = await Promise.all([
    getTranslations("Tools"),
    toolCallReport(sql, scope, { ...asked, groupBy: ["tool"] }),
    toolDurations(sql, scope, asked),
  ]);
  const ofTools = { ...filters, kind: ["tool_call"] };
  return (
    <Panel
      title={t("title")}
      note={t("durationNote", { rows: ROWS_READ })}
      actions={
        <CsvLink
          href={usageCsvHref(period, ofTools, ["tool", "status"], "none")}
          what={t("title")}
        />
      }
    >
      {report.rows.length === 0 ? (
        <Empty title={t("none")} />
      ) : (
        <ToolTable
          report={report}
          durations={new Map(durations.map((duration) => [duration.tool, duration]))}
          query={query}
        />
      )}
    </Panel>
  );
}
