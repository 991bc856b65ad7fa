import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PeriodPicker } from "#app/_components/period-picker.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { formatDays } from "#app/_format/format-time.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { TeamScope } from "#lib/access/viewer.ts";
import { dataQuality } from "#lib/reports/data-quality.ts";
import { DefectPanel } from "./defect-panel.tsx";
import { KeyPanel } from "./key-panel.tsx";
import { QualitySummary } from "./quality-summary.tsx";
import { RejectedPanel } from "./rejected-panel.tsx";
import { UnallocatedPanel } from "./unallocated-panel.tsx";
import { UnpricedPanel } from "./unpriced-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Quality");
  return { title: t("title") };
}

/** What stands between the telemetry and figures that can be trusted, each with its examples. */
export default async function DataQualityPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [query, locale, t] = await Promise.all([
    readPageQuery(await searchParams),
    getLocale(),
    getTranslations("Quality"),
  ]);
  const { period } = query;
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { zone: period.timeZone })}>
        <PeriodPicker
          name={period.name}
          days={formatDays(period.from, period.to, locale, period.timeZone)}
          firstDay={period.firstDay}
          lastDay={period.lastDay}
        />
      </PageHeader>
      <PanelBoundary>
        <Suspense key={period.from.toISOString()} fallback={<PanelSkeleton height={480} />}>
          <Findings scope={viewer.teams} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Findings({
  scope,
  query,
}: {
  readonly scope: TeamScope;
  readonly query: PageQuery;
}) {
  const { period } = query;
  const quality = await dataQuality(context().sql, scope, { from: period.from, to: period.to });
  const skew = quality.clockSkew.count > 0 ? [quality.clockSkew] : [];
  return (
    <>
      <QualitySummary quality={quality} timeZone={period.timeZone} />
      <UnpricedPanel models={quality.unpriced} query={query} />
      <UnallocatedPanel sources={quality.unallocated.sources} query={query} />
      <RejectedPanel rejected={quality.rejected} timeZone={period.timeZone} />
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <DefectPanel kind="notCounted" defects={quality.notCounted} timeZone={period.timeZone} />
        <DefectPanel
          kind="marks"
          defects={[...skew, ...quality.flags]}
          timeZone={period.timeZone}
        />
      </div>
      <KeyPanel keys={quality.keys} timeZone={period.timeZone} />
    </>
  );
}
