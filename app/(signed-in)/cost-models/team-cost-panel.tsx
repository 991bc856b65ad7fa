import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { linesHref } from "#app/_costs/line-links.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { CostLineFilter } from "#lib/close/cost-lines.ts";
import type { LineKind } from "#lib/cost-model/team-lines.ts";
import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type CostGroup, groupTeamCosts } from "#lib/reports/team-cost-groups.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

/** The columns of the table, and the lines that each adds up. */
const COLUMNS = [
  ["usage", ["usage", "covered"]],
  ["fixed", ["charge", "overage"]],
  ["idle", ["idle"]],
  ["shared", ["share", "shared_out"]],
  ["markup", ["markup"]],
  ["adjustments", ["adjustment"]],
] as const satisfies readonly (readonly [string, readonly LineKind[]])[];

/** The cost of every team in the period, by what it is made of. */
export async function TeamCostPanel({
  scope,
  query,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
}) {
  const { period, costBasis } = query;
  const asked = { from: period.from, to: period.to, bucket: "none" as const };
  const [t, found, teams] = await Promise.all([
    getTranslations("CostModels"),
    teamCosts(context().sql, scope, asked),
    currentTeams(),
  ]);
  const groups = groupTeamCosts(found.lines, "team");
  const visible = teamsOf(scope);
  const idle = teams
    .filter(({ slug }) => visible === "all" || visible.includes(slug))
    .filter(({ slug }) => !groups.some(({ value }) => value === slug));
  const hrefOf = (filter: CostLineFilter) => linesHref(query, { filter, asClosed: false });
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  if (groups.length + idle.length === 0) {
    return (
      <Panel title={t("teams")}>
        <Empty title={t("noTeams")}>{t("noTeamsHint")}</Empty>
      </Panel>
    );
  }
  return (
    <Panel
      title={t("teams")}
      note={
        <FigureLink href={hrefOf({})}>
          <Amount usd={found.total[costBasis]} unpricedCalls={sum(found.unpriced.values())} />
        </FigureLink>
      }
      actions={<CsvLink href={csvHref(query, costBasis)} what={t("title")} />}
    >
      <Table caption={t("title")}>
        <thead>
          <tr>
            <HeadCell>{t("team")}</HeadCell>
            {COLUMNS.map(([name]) => (
              <HeadCell key={name} numeric className="hidden sm:table-cell">
                {t(`columns.${name}`)}
              </HeadCell>
            ))}
            <HeadCell numeric>{t("lines.total")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Row key={group.value ?? ""}>
              <TeamName
                slug={group.value ?? ""}
                name={names.get(group.value ?? "")}
                query={query}
              />
              {COLUMNS.map(([name, kinds]) => (
                <Cell key={name} numeric className="hidden sm:table-cell">
                  <Part
                    usd={partOf(group, kinds, costBasis)}
                    unpriced={name === "usage" ? (found.unpriced.get(group.value ?? "") ?? 0) : 0}
                    href={hrefOf({ team: group.value ?? "", kinds })}
                  />
                </Cell>
              ))}
              <Cell numeric className="font-medium">
                <FigureLink href={hrefOf({ team: group.value ?? "" })}>
                  <Amount
                    usd={group.costs[costBasis]}
                    unpricedCalls={found.unpriced.get(group.value ?? "") ?? 0}
                    compact
                  />
                </FigureLink>
              </Cell>
            </Row>
          ))}
          {idle.map(({ slug, name }) => (
            <Row key={slug}>
              <TeamName slug={slug} name={name} query={query} />
              <Cell colSpan={COLUMNS.length} className="hidden sm:table-cell" />
              <Cell numeric>
                <Part usd={ZERO_USD} href={null} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function TeamName({
  slug,
  name,
  query,
}: {
  readonly slug: string;
  readonly name: string | undefined;
  readonly query: PageQuery;
}) {
  return (
    <RowHead>
      {slug === UNALLOCATED ? (
        <span className="text-muted">{slug}</span>
      ) : (
        <Link
          href={pageHref(`/cost-models/${encodeURIComponent(slug)}`, query)}
          className="underline-offset-2 hover:underline"
        >
          {name ?? slug}
        </Link>
      )}
    </RowHead>
  );
}

/** Nothing at all is a dash, so that what there is stands out. */
function Part({
  usd,
  href,
  unpriced = 0,
}: {
  readonly usd: Usd;
  readonly href: string | null;
  /** Calls that are not in the amount. */
  readonly unpriced?: number;
}) {
  if (usd === 0n && unpriced === 0) return <span className="text-faint">–</span>;
  return (
    <FigureLink href={href}>
      <Amount usd={usd} unpricedCalls={unpriced} compact />
    </FigureLink>
  );
}

function partOf({ parts }: CostGroup, kinds: readonly LineKind[], basis: CostBasis): Usd {
  return parts
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((all, { costs }) => addUsd(all, costs[basis]), ZERO_USD);
}

function sum(counts: Iterable<number>): number {
  let all = 0;
  for (const count of counts) all += count;
  return all;
}

function csvHref({ period }: PageQuery, basis: CostBasis): string {
  const params = new URLSearchParams({
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    cost: basis,
  });
  return `/api/v1/team-costs.csv?${params}`;
}
