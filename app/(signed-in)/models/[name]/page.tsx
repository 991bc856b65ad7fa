import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { pageHref } from "#app/_query/links.ts";
import { readPageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { GroupPanel } from "../../overview/group-panel.tsx";
import { isStackDimension, SpendOverTime } from "../../overview/spend-over-time.tsx";
import { modelHref } from "../../prices/price-query.ts";
import { CostPanel } from "./cost-panel.tsx";

type Params = { readonly name: string };

export async function generateMetadata({ params }: PageInput<Params>): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

/** One model: what a million of its tokens really cost, what caching saved, how fast it was, and for whom. */
export default async function ModelPage({ params, searchParams }: PageInput<Params>) {
  const viewer = await requireViewer();
  const name = decodeURIComponent((await params).name);
  const search = await searchParams;
  const [asked, t, costs] = await Promise.all([
    readPageQuery(search),
    getTranslations("Models"),
    getTranslations("Costs"),
  ]);
  const { period, filters, costBasis } = asked;
  const query = { ...asked, filters: { ...filters, model: [name], kind: ["model_call"] } };
  const wanted = firstOf(search.by);
  const stack = isStackDimension(wanted) && wanted !== "model" ? wanted : "team";
  const input = { scope: viewer, query };
  const path = `/models/${encodeURIComponent(name)}`;
  const provider = filters.provider?.[0] ?? null;
  return (
    <>
      <ReportHeader
        title={<span className="break-words">{name}</span>}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
        path={path}
        query={asked}
      >
        <Link href={pageHref("/events", query)} className={buttonClass("ghost")}>
          {t("rows")}
        </Link>
        {provider !== null && (
          <Link href={modelHref(provider, name)} className={buttonClass("ghost")}>
            {t("prices")}
          </Link>
        )}
      </ReportHeader>
      <UsageInReporting {...input} />
      <PanelBoundary>
        <Suspense fallback={<PanelSkeleton height={330} />}>
          <CostPanel {...input} />
        </Suspense>
      </PanelBoundary>
      <PanelBoundary>
        <Suspense fallback={<PanelSkeleton height={366} />}>
          <SpendOverTime {...input} stack={stack} path={path} fixed="model" />
        </Suspense>
      </PanelBoundary>
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        {(["team", "agent"] as const).map((dimension) => (
          <PanelBoundary key={dimension}>
            <Suspense fallback={<PanelSkeleton height={400} />}>
              <GroupPanel {...input} dimension={dimension} />
            </Suspense>
          </PanelBoundary>
        ))}
      </div>
    </>
  );
}
