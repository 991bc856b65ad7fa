import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { FilterChips } from "#app/_components/filter-chips.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { readPageQuery } from "#app/_query/page-query.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { BudgetsPanel } from "./overview/budgets-panel.tsx";
import { GroupPanel } from "./overview/group-panel.tsx";
import { Headline } from "./overview/headline.tsx";
import { isStackDimension, SpendOverTime } from "./overview/spend-over-time.tsx";
import { ChangePanel } from "./teams/[slug]/change-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Overview");
  return { title: t("title") };
}

/** What is spent, by whom and on what: the first page of the product. */
export default async function OverviewPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("Overview"),
    getTranslations("Costs"),
  ]);
  const { period, filters, costBasis = "effective" } = query;
  const by = firstOf(params.by);
  const stack = isStackDimension(by) ? by : "team";
  const input = { scope: viewer, query };
  return (
    <>
      <PageHeader
        title={t("title")}
        note={t("basis", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
      >
        <CostPicker basis={costBasis} />
        <PagePeriod period={period} />
      </PageHeader>
      <FilterChips path="/" query={query} />
      <Part height={118}>
        <Headline {...input} />
      </Part>
      <PanelBoundary>
        <Suspense fallback={null}>
          <BudgetsPanel viewer={viewer} />
        </Suspense>
      </PanelBoundary>
      <Part height={366}>
        <SpendOverTime {...input} stack={stack} />
      </Part>
      {filters.session === undefined && (
        <Part height={420}>
          <ChangePanel {...input} path="/" against={firstOf(params.against)} />
        </Part>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <Part height={400}>
          <GroupPanel {...input} dimension="team" />
        </Part>
        <Part height={400}>
          <GroupPanel {...input} dimension="model" />
        </Part>
        <Part height={400}>
          <GroupPanel {...input} dimension="agent" />
        </Part>
        <Part height={400}>
          <GroupPanel {...input} dimension="tool" />
        </Part>
      </div>
    </>
  );
}

/** A part that loads and fails by itself, in its final size. */
function Part({ height, children }: { readonly height: number; readonly children: ReactNode }) {
  return (
    <PanelBoundary>
      <Suspense fallback={<PanelSkeleton height={height} />}>{children}</Suspense>
    </PanelBoundary>
  );
}
