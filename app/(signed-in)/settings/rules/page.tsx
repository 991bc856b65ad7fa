import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { readCostBasis } from "#app/_query/page-query.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listRules } from "#lib/organization/rules.ts";
import { CoveragePanel } from "./coverage-panel.tsx";
import { RuleTable } from "./rule-table.tsx";
import { TrialPanel } from "./trial-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Rules");
  return { title: t("title") };
}

/** The rules in force, in the order in which they are asked. */
export default async function RulesPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const basis = readCostBasis(await searchParams);
  const t = await getTranslations("Rules");
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const now = await requestTime();
  const rules = await listRules(context().sql, viewer, now);
  const mayChange = viewer.role === "admin";
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <CostPicker basis={basis} />
        <Link href="/settings/rules/reapply" className={buttonClass()}>
          {t("reapply")}
        </Link>
        <Link href="/settings/rules/history" className={buttonClass()}>
          {t("history")}
        </Link>
        {mayChange && (
          <Link href="/settings/rules/new" className={buttonClass("primary")}>
            {t("new")}
          </Link>
        )}
      </PageHeader>
      <Panel
        title={t("title")}
        note={t("fromNowOn")}
        actions={<CsvLink href="/api/v1/export/rules.csv" what={t("title")} />}
      >
        {rules.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <RuleTable rules={rules} now={now} mayChange={mayChange} />
        )}
      </Panel>
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <PanelBoundary>
          <Suspense key={basis} fallback={<PanelSkeleton height={220} />}>
            <CoveragePanel mayChange={mayChange} basis={basis} />
          </Suspense>
        </PanelBoundary>
        <TrialPanel />
      </div>
    </>
  );
}
