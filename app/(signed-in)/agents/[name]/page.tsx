import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReceiptLink } from "#app/_components/receipt-link.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { readPageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { GroupPanel } from "../../overview/group-panel.tsx";
import { isStackDimension, SpendOverTime } from "../../overview/spend-over-time.tsx";
import { ofPairs, readRunDimension } from "../run-dimension.ts";
import { RunPanel } from "./run-panel.tsx";

type Params = { readonly name: string };

export async function generateMetadata({ params }: PageInput<Params>): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

/** One agent or workflow: what its runs cost, over time and on what. */
export default async function AgentPage({ params, searchParams }: PageInput<Params>) {
  const viewer = await requireViewer();
  const name = decodeURIComponent((await params).name);
  const search = await searchParams;
  const [asked, t, costs] = await Promise.all([
    readPageQuery(search),
    getTranslations("Agents"),
    getTranslations("Costs"),
  ]);
  const of = readRunDimension(firstOf(search.of));
  const query = { ...asked, filters: { ...asked.filters, [of]: [name] } };
  const wanted = firstOf(search.by);
  const stack = isStackDimension(wanted) && wanted !== "agent" ? wanted : "model";
  const input = { scope: viewer, query };
  const path = `/agents/${encodeURIComponent(name)}`;
  return (
    <>
      <ReportHeader
        title={<span className="break-words">{name}</span>}
        note={t(`noteOf.${of}`, {
          cost: costs(`names.${asked.costBasis}`),
          zone: asked.period.timeZone,
        })}
        path={path}
        query={asked}
        more={ofPairs(of)}
      >
        <ReceiptLink query={query} />
      </ReportHeader>
      <UsageInReporting scope={viewer} query={query} />
      <Part height={360}>
        <RunPanel {...input} of={of} />
      </Part>
      <Part height={366}>
        <SpendOverTime {...input} stack={stack} path={path} fixed="agent" />
      </Part>
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        {(["model", "tool", "team"] as const).map((dimension) => (
          <Part key={dimension} height={400}>
            <GroupPanel {...input} dimension={dimension} />
          </Part>
        ))}
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
