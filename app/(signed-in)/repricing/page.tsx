import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { HistoryForm } from "#app/_history/history-form.tsx";
import { readHistoryQuery } from "#app/_history/history-query.ts";
import { RefreshWhileOpen } from "#app/_history/refresh-while-open.tsx";
import { RunTable } from "#app/_history/run-table.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { historyChoices } from "#lib/history-runs/history-choices.ts";
import { listRuns } from "#lib/history-runs/history-run.ts";
import { RepricingPreviewPanel } from "./preview-panel.tsx";

const RUNS_SHOWN = 25;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Repricing");
  return { title: t("title") };
}

/** Corrects what past calls were priced by: see the difference first, then apply it. */
export default async function RepricingPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const t = await getTranslations("Repricing");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const { sql } = context();
  const [params, { timeZone }, now] = await Promise.all([
    searchParams,
    currentOrganization(),
    requestTime(),
  ]);
  const query = readHistoryQuery(params, timeZone, now);
  const [choices, runs, words] = await Promise.all([
    historyChoices(sql),
    listRuns(sql, "reprice", RUNS_SHOWN),
    getTranslations("History"),
  ]);
  const isOpen = runs.some(({ state }) => state === "queued" || state === "running");
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <HistoryForm
        action="/repricing"
        query={query}
        choices={choices}
        today={now.toISOString().slice(0, 10)}
      />
      {firstOf(params.from) !== undefined && (
        <PanelBoundary>
          <Suspense key={JSON.stringify(query)} fallback={<PanelSkeleton height={220} />}>
            <RepricingPreviewPanel query={query} timeZone={timeZone} now={now} isBusy={isOpen} />
          </Suspense>
        </PanelBoundary>
      )}
      <Panel title={words("runs")} note={t("runsNote")}>
        {isOpen && <RefreshWhileOpen />}
        <RunTable runs={runs} timeZone={timeZone} base="/repricing" />
      </Panel>
    </>
  );
}
