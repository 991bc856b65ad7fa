import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { readHistoryQuery } from "#app/_history/history-query.ts";
import { PreviewForm } from "#app/_history/preview-form.tsx";
import { RefreshWhileOpen } from "#app/_history/refresh-while-open.tsx";
import { RunTable } from "#app/_history/run-table.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { historyChoices } from "#lib/history-runs/history-choices.ts";
import { listRuns } from "#lib/history-runs/history-run.ts";
import { previewReallocationAction } from "./actions.ts";

const RUNS_SHOWN = 25;
const BASE = "/settings/rules/reapply";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Reallocation");
  return { title: t("title") };
}

/** Gives past events to whom today's rules, teams and people give them. */
export default async function ReapplyPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    const t = await getTranslations("Rules");
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const { sql } = context();
  const [params, { timeZone }, now, t, words] = await Promise.all([
    searchParams,
    currentOrganization(),
    requestTime(),
    getTranslations("Reallocation"),
    getTranslations("History"),
  ]);
  const [choices, runs] = await Promise.all([
    historyChoices(sql),
    listRuns(sql, "reallocate", RUNS_SHOWN),
  ]);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/settings/rules" className={buttonClass("ghost")}>
          {t("rules")}
        </Link>
      </PageHeader>
      <PreviewForm
        action={previewReallocationAction}
        query={readHistoryQuery(params, timeZone, now)}
        choices={choices}
        today={now.toISOString().slice(0, 10)}
      />
      <Panel title={words("runs")} note={t("runsNote")}>
        {runs.some(({ state }) => state === "queued" || state === "running") && (
          <RefreshWhileOpen />
        )}
        <RunTable runs={runs} timeZone={timeZone} base={BASE} />
      </Panel>
    </>
  );
}
