import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AsOf } from "#app/_components/as-of.tsx";
import { buttonClass } from "#app/_components/button.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { costsPath } from "#app/_costs/costs-path.ts";
import { type LinesAsked, linesCsvHref, readLinesAsked } from "#app/_costs/line-links.ts";
import { LineTable } from "#app/_costs/line-table.tsx";
import { pageHref } from "#app/_query/links.ts";
import { readPageQuery } from "#app/_query/page-query.ts";
import { SumInReporting } from "#app/_reporting/sum-in-reporting.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { costLines } from "#lib/close/cost-lines.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

type Params = { readonly team: string };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("CostLines");
  return { title: t("title") };
}

/** The lines that a sum of what teams cost is made of, each with its receipt. */
export default async function CostLinesPage({ params, searchParams }: PageInput<Params>) {
  const viewer = await requireViewer();
  const team = decodeURIComponent((await params).team);
  const search = await searchParams;
  const [query, t, costs, teams] = await Promise.all([
    readPageQuery(search),
    getTranslations("CostLines"),
    getTranslations("Costs"),
    currentTeams(),
  ]);
  const isSeen = viewer.teams === "all" || team === ALL_TEAMS || viewer.teams.includes(team);
  const isKnown =
    [ALL_TEAMS, UNALLOCATED].includes(team) || teams.some(({ slug }) => slug === team);
  if (!isSeen || !isKnown) notFound();
  const { period, costBasis } = query;
  const asked = readLinesAsked(team, search);
  const lines = await costLines(context().sql, viewer, { ...period, ...asked });
  return (
    <>
      <PageHeader
        title={t("title")}
        note={
          <>
            {t("note", { cost: costs(`names.${costBasis}`), zone: period.timeZone })} <AsOf />
          </>
        }
      >
        <Link
          href={pageHref(costsPath(team), { ...query, filters: {} })}
          className={buttonClass("ghost")}
        >
          {t("costs")}
        </Link>
        <CostPicker basis={costBasis} />
        <PagePeriod period={period} />
      </PageHeader>
      <SumInReporting usd={sumOfLines(lines)[costBasis]} period={period} />
      <Panel
        title={await wordsOf(asked, team)}
        note={t(asked.asClosed ? "asClosed" : "asLedger")}
        actions={<CsvLink href={linesCsvHref(query, asked)} what={t("title")} />}
      >
        {lines.length === 0 ? (
          <Empty title={t("none")} />
        ) : (
          <LineTable lines={lines} shown={query} isOfAll={team === ALL_TEAMS} />
        )}
      </Panel>
    </>
  );
}

/** Which lines these are. */
async function wordsOf({ filter }: LinesAsked, team: string): Promise<string> {
  const [t, kinds] = await Promise.all([
    getTranslations("CostLines"),
    getTranslations("CostModels.lines"),
  ]);
  const { costCenter, kinds: some } = filter;
  return [
    team === ALL_TEAMS ? t("allTeams") : team,
    costCenter === undefined ? "" : t("costCenter", { code: costCenter ?? "–" }),
    (some ?? []).map((kind) => kinds(kind)).join(", "),
  ]
    .filter((words) => words !== "")
    .join(" · ");
}
