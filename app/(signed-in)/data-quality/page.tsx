import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { AsOf } from "#app/_components/as-of.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { type PageQuery, readPageQuery, usageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { dataQuality } from "#lib/reports/data-quality.ts";
import { listProducers } from "#lib/reports/producers.ts";
import { marksOf } from "#lib/reports/quality-tables.ts";
import { listTwins } from "#lib/reports/twins.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { DefectPanel } from "./defect-panel.tsx";
import { KeyPanel } from "./key-panel.tsx";
import { OverlapPanel } from "./overlap-panel.tsx";
import { ProducerPanel } from "./producer-panel.tsx";
import { QualitySummary } from "./quality-summary.tsx";
import { RejectedPanel } from "./rejected-panel.tsx";
import { TwinsPanel } from "./twins-panel.tsx";
import { UnallocatedPanel } from "./unallocated-panel.tsx";
import { UnknownPanel } from "./unknown-panel.tsx";
import { UnpricedPanel } from "./unpriced-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Quality");
  return { title: t("title") };
}

/** What stands between the telemetry and figures that can be trusted, each with its examples. */
export default async function DataQualityPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [query, t] = await Promise.all([
    readPageQuery(await searchParams),
    getTranslations("Quality"),
  ]);
  const { period, costBasis } = query;
  return (
    <>
      <PageHeader
        title={t("title")}
        note={
          <>
            {t("note", { zone: period.timeZone })} <AsOf />
          </>
        }
      >
        <CostPicker basis={costBasis} />
        <PagePeriod period={period} />
      </PageHeader>
      <PanelBoundary>
        <Suspense
          key={`${period.from.toISOString()} ${costBasis}`}
          fallback={<PanelSkeleton height={480} />}
        >
          <Findings scope={viewer} query={query} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Findings({
  scope,
  query,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
}) {
  const { period, costBasis } = query;
  const { sql } = context();
  const unknown = usageQuery({ ...query, filters: { dialect: ["unknown"] } }, ["service", "model"]);
  const [quality, unknownUse, twins, producers] = await Promise.all([
    dataQuality(sql, scope, { ...period, costBasis }),
    usageReport(sql, scope, unknown, { limit: MOST_UNKNOWN, offset: 0 }),
    listTwins(sql, scope, { from: period.from, to: period.to, limit: TWINS_SHOWN }),
    listProducers(sql, scope, period),
  ]);
  const unpriced = quality.unpriced.filter(({ reason }) => reason !== "no_usage");
  const noUsage = quality.unpriced.filter(({ reason }) => reason === "no_usage");
  return (
    <>
      <QualitySummary quality={quality} unknownCalls={unknownUse.total.modelCalls} />
      <UsageInReporting scope={scope} query={query} />
      {teamsOf(scope) === "all" && (
        <Part id="rejected">
          <RejectedPanel rejected={quality.rejected} keys={quality.keys} period={period} />
        </Part>
      )}
      <Part id="unknown">
        <UnknownPanel rows={unknownUse.rows} query={query} />
      </Part>
      <Part id="unpriced">
        <UnpricedPanel kind="unpriced" models={unpriced} query={query} />
      </Part>
      {noUsage.length > 0 && <UnpricedPanel kind="noUsage" models={noUsage} query={query} />}
      {quality.overlaps.length > 0 && <OverlapPanel overlaps={quality.overlaps} query={query} />}
      <Part id="unallocated">
        <UnallocatedPanel sources={quality.unallocated.sources} query={query} />
      </Part>
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <Part id="marks">
          <DefectPanel kind="marks" defects={marksOf(quality)} period={period} />
        </Part>
        <Part id="not-counted">
          <DefectPanel kind="notCounted" defects={quality.notCounted} period={period} />
        </Part>
      </div>
      <TwinsPanel pairs={twins.pairs} query={query} />
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <KeyPanel keys={quality.keys} period={period} />
        <ProducerPanel producers={producers} query={query} />
      </div>
    </>
  );
}

/** A place that the tiles on top lead to, clear of the bar on a phone. */
function Part({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <div id={id} className="scroll-mt-16 md:scroll-mt-5">
      {children}
    </div>
  );
}

const MOST_UNKNOWN = 100;
const TWINS_SHOWN = 6;
