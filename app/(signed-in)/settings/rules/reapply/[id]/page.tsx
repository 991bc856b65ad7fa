import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { ApplyForm } from "#app/_history/apply-form.tsx";
import type { HistoryFormQuery } from "#app/_history/history-query.ts";
import { RunPage } from "#app/_history/run-page.tsx";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { closedMonths } from "#lib/close/closed-months.ts";
import { type HistoryRun, readRun } from "#lib/history-runs/history-run.ts";
import { localDate } from "#lib/time/calendar.ts";
import { applyReallocationAction } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Reallocation");
  return { title: t("runTitle") };
}

/** One run through history: what moves between teams, and the way to apply it. */
export default async function ReapplyRunPage({ params }: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const { id } = await params;
  const mayLook = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  const run = mayLook && /^\d{1,18}$/.test(id) ? await readRun(context().sql, BigInt(id)) : null;
  if (run?.kind !== "reallocate") notFound();
  const t = await getTranslations("Reallocation");
  return (
    <RunPage
      run={run}
      title={t(run.mode === "preview" ? "previewTitle" : "runTitle")}
      base="/settings/rules/reapply"
    >
      {run.state === "done" && <WhatNext run={run} />}
    </RunPage>
  );
}

async function WhatNext({ run }: { readonly run: HistoryRun }) {
  const [t, { timeZone }] = await Promise.all([getTranslations("History"), currentOrganization()]);
  if (run.rows === 0) return <Empty title={t("nothing")}>{t("nothingHint")}</Empty>;
  if (run.mode === "apply") return null;
  const closed = await closedMonths(context().sql, run.from, run.to, timeZone);
  return (
    <div className="border-line border-t px-4 py-3">
      {closed.length > 0 ? (
        <Notice tone="warn" title={t("closed", { months: closed.join(", ") })}>
          {t("closedHint")}
        </Notice>
      ) : (
        <ApplyForm action={applyReallocationAction} query={queryOf(run, timeZone)} isBusy={false} />
      )}
    </div>
  );
}

function queryOf({ from, to, filter }: HistoryRun, timeZone: string): HistoryFormQuery {
  return {
    from: dayOf(from.getTime(), timeZone),
    until: dayOf(to.getTime() - 1, timeZone),
    ...{ provider: filter.provider ?? "", model: filter.model ?? "", team: filter.team ?? "" },
  };
}

function dayOf(ms: number, timeZone: string): string {
  const { year, month, day } = localDate(ms, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
