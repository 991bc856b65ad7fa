import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { MOST_VALUES } from "#app/_query/filters.ts";
import { receiptHref } from "#app/_query/links.ts";
import { type PageQuery, readCostBasis } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { recentSpend } from "#app/_server/recent-spend.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { ZERO_USD } from "#lib/money/money.ts";
import { inTreeOrder, listTeams, type TreeTeam, teamsFrom } from "#lib/organization/teams.ts";
import { spendInTree, type TreeSpend } from "#lib/organization/tree-spend.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { TeamForm } from "./team-form.tsx";
import { TeamState } from "./team-state.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Teams");
  return { title: t("title") };
}

/** Whom spend can be given to, as a tree, with what each spent of late. */
export default async function TeamsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const basis = readCostBasis(await searchParams);
  const [t, costs] = await Promise.all([getTranslations("Teams"), getTranslations("Costs.names")]);
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [teams, spent] = await Promise.all([
    listTeams(context().sql, viewer),
    recentSpend(viewer, "team", basis),
  ]);
  const { query } = spent;
  const tree = inTreeOrder(teams);
  const spend = spendInTree(tree, spent.own);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <CostPicker basis={basis} />
      </PageHeader>
      <UsageInReporting scope={viewer} query={query} />
      <Panel
        title={t("title")}
        note={t("spendNote", { cost: costs(basis) })}
        actions={<CsvLink href="/api/v1/export/teams.csv" what={t("title")} />}
      >
        {tree.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <Table caption={t("title")}>
            <thead>
              <tr>
                <HeadCell>{t("name")}</HeadCell>
                <HeadCell>{t("slug")}</HeadCell>
                <HeadCell>{t("costCenter")}</HeadCell>
                <HeadCell>{t("owners")}</HeadCell>
                <HeadCell>{t("state")}</HeadCell>
                <HeadCell numeric>{t("own")}</HeadCell>
                <HeadCell numeric>{t("withBelow")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {tree.map((team) => (
                <TeamRow
                  key={team.slug}
                  team={team}
                  below={teamsFrom(tree, team.slug)}
                  spend={spend.get(team.slug)}
                  query={query}
                />
              ))}
              <Row>
                <RowHead className="text-muted">{t("unallocated")}</RowHead>
                <Cell colSpan={5} />
                <Cell numeric>
                  <FigureLink href={ofTeams(query, [UNALLOCATED])}>
                    <Amount usd={spent.own.get(UNALLOCATED) ?? ZERO_USD} />
                  </FigureLink>
                </Cell>
              </Row>
              <Row>
                <RowHead className="font-semibold">{t("total")}</RowHead>
                <Cell colSpan={5} />
                <Cell numeric className="font-semibold">
                  <FigureLink href={receiptHref(query)}>
                    <Amount usd={spent.total} />
                  </FigureLink>
                </Cell>
              </Row>
            </tbody>
          </Table>
        )}
      </Panel>
      {viewer.role === "admin" && <TeamForm teams={await currentTeams()} />}
    </>
  );
}

/** The receipt of some teams together; an address has room for so many. */
function ofTeams(query: PageQuery, teams: readonly string[]): string | null {
  return teams.length > MOST_VALUES ? null : receiptHref({ ...query, filters: { team: teams } });
}

async function TeamRow({
  team,
  below,
  query,
  spend = { own: ZERO_USD, withBelow: ZERO_USD },
}: {
  readonly team: TreeTeam;
  /** With those below it. */
  readonly below: readonly string[];
  readonly query: PageQuery;
  readonly spend: TreeSpend | undefined;
}) {
  const { slug, name, costCenter, owners, depth } = team;
  return (
    <Row>
      <RowHead className="min-w-40">
        <span
          className="inline-flex min-h-6 items-center"
          style={{ paddingInlineStart: `${Math.min(depth, 8) * 1.25}rem` }}
        >
          {depth > 0 && (
            <span className="mr-1.5 text-faint" aria-hidden>
              └
            </span>
          )}
          <Link
            href={`/settings/teams/${encodeURIComponent(slug)}`}
            className={`underline-offset-2 hover:underline ${team.archivedAt === null ? "" : "text-muted"}`}
          >
            {name}
          </Link>
        </span>
      </RowHead>
      <Cell>
        <code className="whitespace-nowrap font-mono text-xs">{slug}</code>
      </Cell>
      <Cell className="whitespace-nowrap">
        {costCenter ?? <span className="text-faint">–</span>}
      </Cell>
      <Cell className="max-w-56 truncate" title={owners.join(", ")}>
        {owners.join(", ") || <span className="text-faint">–</span>}
      </Cell>
      <Cell className={team.merged === null ? "whitespace-nowrap" : "min-w-44"}>
        <TeamState team={team} />
      </Cell>
      <Cell numeric>
        <FigureLink href={ofTeams(query, [slug])}>
          <Amount usd={spend.own} />
        </FigureLink>
      </Cell>
      <Cell numeric>
        <FigureLink href={ofTeams(query, below)}>
          <Amount usd={spend.withBelow} />
        </FigureLink>
      </Cell>
    </Row>
  );
}
