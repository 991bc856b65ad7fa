import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { pageHref } from "#app/_query/links.ts";
import { readPageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { listTeams } from "#lib/organization/teams.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { CostPanel } from "../../cost-models/[team]/cost-panel.tsx";
import { GroupPanel } from "../../overview/group-panel.tsx";
import { isStackDimension, SpendOverTime } from "../../overview/spend-over-time.tsx";
import { ChangePanel } from "./change-panel.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import { TeamBudgets } from "./team-budgets.tsx";
import { TeamTiles } from "./team-tiles.tsx";

type Params = { readonly slug: string };

export async function generateMetadata({ params }: PageInput<Params>): Promise<Metadata> {
  return { title: decodeURIComponent((await params).slug) };
}

/** One team on one page: what it spends, why that changed, on what, and who. */
export default async function TeamPage({ params, searchParams }: PageInput<Params>) {
  const viewer = await requireViewer();
  const slug = decodeURIComponent((await params).slug);
  const search = await searchParams;
  const { sql } = context();
  const [asked, t, costs, teams] = await Promise.all([
    readPageQuery(search),
    getTranslations("TeamPages"),
    getTranslations("Costs"),
    listTeams(sql, viewer),
  ]);
  const team = teams.find((each) => each.slug === slug);
  if (team === undefined) notFound();
  const { period, filters, costBasis } = asked;
  const query = { ...asked, filters: { ...filters, team: [slug] } };
  const path = `/teams/${encodeURIComponent(slug)}`;
  const by = firstOf(search.by);
  const stack = isStackDimension(by) && by !== "team" ? by : "model";
  const input = { scope: viewer, query };
  return (
    <>
      <ReportHeader
        title={team.name}
        note={t("teamNote", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
        path={path}
        query={asked}
        isLive
      >
        {mayEdit(viewer) && (
          <Link
            href={`/settings/teams/${encodeURIComponent(slug)}`}
            className={buttonClass("ghost")}
          >
            {t("settings")}
          </Link>
        )}
        {slug !== UNALLOCATED && (
          <Link
            href={pageHref(`/cost-models/${encodeURIComponent(slug)}`, asked)}
            className={buttonClass("ghost")}
          >
            {t("costModel")}
          </Link>
        )}
      </ReportHeader>
      <UsageInReporting scope={viewer} query={query} />
      <Part height={96}>
        <TeamTiles {...input} />
      </Part>
      <PanelBoundary>
        <Suspense fallback={null}>
          <TeamBudgets viewer={viewer} slug={slug} />
        </Suspense>
      </PanelBoundary>
      <Part height={420}>
        <ChangePanel {...input} path={path} against={firstOf(search.against)} />
      </Part>
      <Part height={366}>
        <SpendOverTime {...input} stack={stack} path={path} fixed="team" />
      </Part>
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <Part height={400}>
          <GroupPanel {...input} dimension="agent" />
        </Part>
        <Part height={400}>
          <GroupPanel {...input} dimension="model" />
        </Part>
      </div>
      <Part height={400}>
        <PeoplePanel viewer={viewer} slug={slug} query={query} />
      </Part>
      <Part height={400}>
        <SessionsPanel {...input} slug={slug} />
      </Part>
      <Part height={240}>
        <CostPanel scope={viewer} team={slug} basis={costBasis} timeZone={period.timeZone} />
      </Part>
    </>
  );
}

function mayEdit({ role, teams }: Viewer): boolean {
  return teams === "all" && (role === "admin" || role === "finance");
}

/** A part that loads and fails by itself, in its final size. */
function Part({ height, children }: { readonly height: number; readonly children: ReactNode }) {
  return (
    <PanelBoundary>
      <Suspense fallback={<PanelSkeleton height={height} />}>{children}</Suspense>
    </PanelBoundary>
  );
}
