import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { readPageQuery } from "#app/_query/page-query.ts";
import { TeamCostsInReporting } from "#app/_reporting/reporting-line.tsx";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { TeamCostPanel } from "./team-cost-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("CostModels");
  return { title: t("title") };
}

/** What each team costs beside its usage, and the way to how that is built. */
export default async function CostModelsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("CostModels"),
    getTranslations("Costs"),
  ]);
  const { period, costBasis = "effective" } = query;
  return (
    <>
      <PageHeader
        title={t("title")}
        note={t("basis", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
      >
        {viewer.teams === "all" && (
          <Link href={`/cost-models/${ALL_TEAMS}`} className={buttonClass("ghost")}>
            {t("organisation")}
          </Link>
        )}
        <CostPicker basis={costBasis} />
        <PagePeriod period={period} />
      </PageHeader>
      <TeamCostsInReporting scope={viewer} query={query} />
      <PanelBoundary>
        <Suspense key={JSON.stringify(params)} fallback={<PanelSkeleton height={420} />}>
          <TeamCostPanel scope={viewer} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}
