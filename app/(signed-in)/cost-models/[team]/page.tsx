import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { readPageQuery } from "#app/_query/page-query.ts";
import { TeamCostsInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { readCharges } from "#lib/cost-book/charge-store.ts";
import { readPools } from "#lib/cost-book/pool-store.ts";
import { readTeamModels } from "#lib/cost-book/team-model-store.ts";
import { readRates } from "#lib/price-book/rate-store.ts";
import { ChargePanel } from "./charge-panel.tsx";
import { ContractPanel } from "./contract-panel.tsx";
import { CostPanel } from "./cost-panel.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { ModelPanel } from "./model-panel.tsx";
import { PoolPanel } from "./pool-panel.tsx";

type Params = { readonly team: string };

export async function generateMetadata({ params }: PageInput<Params>): Promise<Metadata> {
  const team = decodeURIComponent((await params).team);
  const t = await getTranslations("CostModels");
  return { title: team === ALL_TEAMS ? t("organisation") : `${t("title")}: ${team}` };
}

/** How one team's cost is built, all on one page; `_all` is the organisation. */
export default async function CostModelPage({ params, searchParams }: PageInput<Params>) {
  const viewer = await requireViewer();
  const slug = decodeURIComponent((await params).team);
  const search = await searchParams;
  const [t, costs, teams, query] = await Promise.all([
    getTranslations("CostModels"),
    getTranslations("Costs"),
    currentTeams(),
    readPageQuery(search),
  ]);
  const found = teams.find((team) => team.slug === slug);
  const isAll = slug === ALL_TEAMS;
  const sees = viewer.teams === "all" || (!isAll && viewer.teams.includes(slug));
  if (!sees || (!isAll && found === undefined)) notFound();
  const { sql } = context();
  const [models, charges, pools, rates] = await Promise.all([
    readTeamModels(sql, "all"),
    readCharges(sql, "all"),
    readPools(sql, "all"),
    readRates(sql, "all"),
  ]);
  const team = isAll ? null : slug;
  const mayChange = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  const { costBasis = "effective", period } = query;
  const { timeZone } = period;
  const input = { slug, team, mayChange, viewer, teams, timeZone };
  return (
    <>
      <PageHeader
        title={found?.name ?? t("organisation")}
        note={t("basis", { cost: costs(`names.${costBasis}`), zone: period.timeZone })}
      >
        <Link href="/cost-models" className={buttonClass("ghost")}>
          {t("title")}
        </Link>
        <CostPicker basis={costBasis} />
      </PageHeader>
      <TeamCostsInReporting
        scope={viewer}
        query={query}
        {...(team === null ? {} : { teams: [team] })}
      />
      <PanelBoundary>
        <Suspense key={costBasis} fallback={<PanelSkeleton height={240} />}>
          <CostPanel scope={viewer} team={team} basis={costBasis} timeZone={timeZone} />
        </Suspense>
      </PanelBoundary>
      <ContractPanel {...input} rates={rates} />
      <ModelPanel {...input} models={models} />
      <ChargePanel {...input} charges={charges} pools={pools} wanted={firstOf(search.charge)} />
      {viewer.teams === "all" && (
        <PoolPanel {...input} pools={pools} wanted={firstOf(search.pool)} />
      )}
      <HistoryPanel {...input} models={models} charges={charges} pools={pools} rates={rates} />
    </>
  );
}
