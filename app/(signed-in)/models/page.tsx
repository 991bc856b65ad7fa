import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReceiptLink } from "#app/_components/receipt-link.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { usageCsvHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery, usageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import { askedFor, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { callTimings } from "#lib/reports/call-timing.ts";
import { modelCosts } from "#lib/reports/model-costs.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { modelCallsOf, modelLines } from "./model-line.ts";
import { ModelTable } from "./model-table.tsx";

const MOST_MODELS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Models");
  return { title: t("title") };
}

/** What each model really costs per million tokens, how well the cache works for it, and how often it fails. */
export default async function ModelsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("Models"),
    getTranslations("Costs"),
  ]);
  const { costBasis } = query;
  return (
    <>
      <ReportHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: query.period.timeZone })}
        path="/models"
        query={query}
      >
        <ReceiptLink query={query} />
      </ReportHeader>
      <UsageInReporting scope={viewer} query={modelCallsOf(query)} />
      <PanelBoundary>
        <Suspense key={askedFor(params)} fallback={<PanelSkeleton height={420} />}>
          <Models scope={viewer} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Models({ scope, query }: { readonly scope: ReadScope; readonly query: PageQuery }) {
  const ofModels = modelCallsOf(query);
  const asked = usageQuery(ofModels, ["provider", "model"]);
  const { sql } = context();
  const [t, result, costs, timings] = await Promise.all([
    getTranslations("Models"),
    usageReport(sql, scope, asked, { limit: MOST_MODELS, offset: 0 }),
    modelCosts(sql, scope, asked),
    callTimings(sql, scope, "model_call", asked),
  ]);
  if (result.rows.length === 0) {
    return (
      <Panel title={t("title")}>
        <Empty title={t("none")} />
      </Panel>
    );
  }
  return (
    <ModelTable
      lines={modelLines(result, costs, timings)}
      total={result.total}
      query={query}
      note={t("tableNote")}
      csvHref={usageCsvHref(ofModels, ["provider", "model"], "none")}
    />
  );
}
