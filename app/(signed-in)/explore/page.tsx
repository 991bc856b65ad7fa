import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { FilterChips } from "#app/_components/filter-chips.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReceiptLink } from "#app/_components/receipt-link.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listViews } from "#lib/views/read-views.ts";
import { ExploreForm } from "./explore-form.tsx";
import { explorePairs } from "./explore-pairs.ts";
import { readExploreQuery } from "./explore-query.ts";
import { ExploreResult } from "./explore-result.tsx";
import { ViewPicker } from "./views/view-picker.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Explore");
  return { title: t("title") };
}

/** Any measure by any one or two dimensions: chart, table and CSV of the same figures. */
export default async function ExplorePage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t] = await Promise.all([readExploreQuery(params), getTranslations("Explore")]);
  const [costs, views] = await Promise.all([
    getTranslations("Costs"),
    listViews(context().sql, viewer),
  ]);
  const { period, added, costBasis } = query;
  if (added !== null) {
    const filters = withFilter(query.filters, added.dimension, added.value || null);
    redirect(pageHref("/explore", { ...query, filters }, explorePairs(query)));
  }
  return (
    <>
      <PageHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
      >
        <ViewPicker
          views={views}
          query={pageHref("/explore", query, explorePairs(query)).split("?")[1] ?? ""}
          isAdmin={viewer.role === "admin"}
        />
        <ReceiptLink query={query} />
        <CostPicker basis={costBasis} />
        <PagePeriod period={period} isCompared={query.compare} />
      </PageHeader>
      <ExploreForm query={query} />
      <FilterChips path="/explore" query={query} more={explorePairs(query)} />
      <UsageInReporting scope={viewer} query={query} />
      <PanelBoundary about={JSON.stringify(params)}>
        <Suspense fallback={<PanelSkeleton height={366} />}>
          <ExploreResult scope={viewer} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}
