import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { receiptHref } from "#app/_query/links.ts";
import { readCostBasis } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { recentSpend } from "#app/_server/recent-spend.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { ZERO_USD } from "#lib/money/money.ts";
import { listCostCenters } from "#lib/organization/cost-centers.ts";
import { dayOf } from "#lib/organization/organization-day.ts";
import { CostCenterForm } from "./cost-center-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("CostCenters");
  return { title: t("title") };
}

/** The cost centres that teams and people have, what they are called and what they spent of late. */
export default async function CostCentersPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const basis = readCostBasis(await searchParams);
  const [t, costs, now, { timeZone }] = await Promise.all([
    getTranslations("CostCenters"),
    getTranslations("Costs.names"),
    requestTime(),
    currentOrganization(),
  ]);
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [centers, { own, total, query }] = await Promise.all([
    listCostCenters(context().sql, viewer, dayOf(now.getTime(), timeZone)),
    recentSpend(viewer, "cost_center", basis),
  ]);
  const known = new Set(centers.map(({ code }) => code));
  // Telemetry may name cost centres that nobody has.
  const named = [...own.keys()].filter((code) => code !== "" && !known.has(code)).sort();
  const rows = [
    ...centers,
    ...named.map((code) => ({ code, name: "", owner: null, teams: [], people: 0 })),
  ];
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <CostPicker basis={basis} />
      </PageHeader>
      <UsageInReporting scope={viewer} query={query} />
      <Panel
        title={t("title")}
        note={t("spendNote", { cost: costs(basis) })}
        actions={<CsvLink href="/api/v1/export/cost-centers.csv" what={t("title")} />}
      >
        {rows.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <Table caption={t("title")}>
            <thead>
              <tr>
                <HeadCell>{t("code")}</HeadCell>
                <HeadCell>{t("name")}</HeadCell>
                <HeadCell>{t("owner")}</HeadCell>
                <HeadCell>{t("teams")}</HeadCell>
                <HeadCell numeric>{t("people")}</HeadCell>
                <HeadCell numeric>{t("spend")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ code, name, owner, teams, people }) => (
                <Row key={code}>
                  <RowHead>
                    <code className="whitespace-nowrap font-mono text-xs">{code}</code>
                  </RowHead>
                  <Cell>{name || <span className="text-faint">–</span>}</Cell>
                  <Cell>{owner ?? <span className="text-faint">–</span>}</Cell>
                  <Cell>{teams.join(", ") || <span className="text-faint">–</span>}</Cell>
                  <Cell numeric>{people}</Cell>
                  <Cell numeric>
                    <FigureLink href={receiptHref({ ...query, filters: { cost_center: [code] } })}>
                      <Amount usd={own.get(code) ?? ZERO_USD} />
                    </FigureLink>
                  </Cell>
                </Row>
              ))}
              <Row>
                <RowHead className="text-muted">{t("without")}</RowHead>
                <Cell colSpan={4} />
                <Cell numeric>
                  <FigureLink href={receiptHref({ ...query, filters: { cost_center: [null] } })}>
                    <Amount usd={own.get("") ?? ZERO_USD} />
                  </FigureLink>
                </Cell>
              </Row>
              <Row>
                <RowHead className="font-semibold">{t("total")}</RowHead>
                <Cell colSpan={4} className="text-muted text-xs">
                  {t("totalNote")}
                </Cell>
                <Cell numeric className="font-semibold">
                  <FigureLink href={receiptHref(query)}>
                    <Amount usd={total} />
                  </FigureLink>
                </Cell>
              </Row>
            </tbody>
          </Table>
        )}
      </Panel>
      {viewer.role === "admin" && <CostCenterForm codes={rows.map(({ code }) => code)} />}
    </>
  );
}
