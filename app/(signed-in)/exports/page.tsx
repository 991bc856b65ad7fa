import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { RefreshWhileOpen } from "#app/_history/refresh-while-open.tsx";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listExportJobs } from "#lib/exports/jobs/export-job.ts";
import { ExportTable } from "./export-table.tsx";

const SHOWN = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Exports");
  return { title: t("title") };
}

/** The files that the viewer asked the worker for. */
export default async function ExportsPage() {
  const viewer = await requireViewer();
  const [t, { timeZone }, jobs] = await Promise.all([
    getTranslations("Exports"),
    currentOrganization(),
    listExportJobs(context().sql, viewer, SHOWN),
  ]);
  const isOpen = jobs.some(({ state }) => state === "queued" || state === "running");
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Panel title={t("files")} note={t("filesNote")}>
        {isOpen && <RefreshWhileOpen />}
        <ExportTable jobs={jobs} timeZone={timeZone} />
      </Panel>
    </>
  );
}
