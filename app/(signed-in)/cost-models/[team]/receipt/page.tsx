import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { costsPath } from "#app/_costs/costs-path.ts";
import { paymentOf } from "#app/_costs/line-links.ts";
import { formatDays } from "#app/_format/format-time.ts";
import type { Period } from "#app/_period/period.ts";
import { hrefWith, pageHref, periodQuestion, receiptHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { SumInReporting } from "#app/_reporting/sum-in-reporting.tsx";
import { context } from "#app/_server/context.ts";
import { firstOf, type PageInput, type SearchParams } from "#app/_server/page-props.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { LineName } from "#lib/cost-model/line-receipt.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { AppError } from "#lib/errors.ts";
import { type TeamCostReceipt, teamCostReceipt } from "#lib/reports/team-cost-receipt.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { HowText } from "./how-text.tsx";

type Params = { readonly team: string };

export async function generateMetadata({ params }: PageInput<Params>): Promise<Metadata> {
  const t = await getTranslations("CostModels");
  return { title: `${t("receipt.title")}: ${decodeURIComponent((await params).team)}` };
}

/** How one line of a team's cost comes about, day by day, for a calculator. */
export default async function CostReceiptPage({ params, searchParams }: PageInput<Params>) {
  const viewer = await requireViewer();
  const team = decodeURIComponent((await params).team);
  const search = await searchParams;
  const kind = LINE_KINDS.find((name) => name === firstOf(search.line));
  const isSeen = viewer.teams === "all" || viewer.teams.includes(team);
  if (kind === undefined || !isSeen) notFound();
  const [query, locale, t, teams] = await Promise.all([
    readPageQuery(search),
    getLocale(),
    getTranslations("CostModels"),
    currentTeams(),
  ]);
  const { period } = query;
  const known = teams.find(({ slug }) => slug === team);
  if (known === undefined && team !== UNALLOCATED) notFound();
  const center = firstOf(search.cost_center);
  const line = {
    ...{ team, kind, charge: idIn(search, "charge"), pool: idIn(search, "pool") },
    ...(center !== undefined && { costCenter: center || null }),
  };
  const receipt = await teamCostReceipt(context().sql, viewer, line, period).catch(mistakeOf);
  const days = formatDays(period.from, period.to, locale, period.timeZone);
  return (
    <>
      <PageHeader
        title={[t(`lines.${kind}`), "about" in receipt ? receipt.about : null]
          .filter((part) => part !== null)
          .join(": ")}
        note={[known?.name ?? team, days].join(" · ")}
      >
        <Link
          href={pageHref(costsPath(team), { ...query, filters: {} })}
          className={buttonClass("ghost")}
        >
          {t("title")}
        </Link>
        <PagePeriod period={period} />
      </PageHeader>
      {"total" in receipt && (
        <SumInReporting usd={receipt.total[query.costBasis]} period={period} />
      )}
      <Panel
        title={t("receipt.title")}
        note={t("receipt.note")}
        actions={<CsvLink href={csvHref(line, period)} what={t("receipt.title")} />}
      >
        {"mistake" in receipt ? (
          <Notice tone="warn" title={receipt.mistake} />
        ) : (
          <ReceiptTable receipt={receipt} query={query} />
        )}
      </Panel>
    </>
  );
}

function csvHref({ team, kind, charge, pool, costCenter }: LineName, period: Period): string {
  const center = costCenter === undefined ? {} : { cost_center: costCenter ?? "" };
  const about = Object.entries({ team, line: kind, charge, shared_cost: pool, ...center });
  return hrefWith("/api/v1/export/team-cost-receipt.csv", [
    ...periodQuestion(period),
    ...about.flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, value]],
    ),
  ]);
}

/** What a person can mend, such as a period that is too long. */
async function mistakeOf(error: unknown): Promise<{ readonly mistake: string }> {
  if (error instanceof AppError) return { mistake: await refusalWords(error) };
  throw error;
}

function idIn(search: SearchParams, name: string): string | null {
  return firstOf(search[name]) ?? null;
}

async function ReceiptTable({
  receipt,
  query,
}: {
  readonly receipt: TeamCostReceipt;
  readonly query: PageQuery;
}) {
  const [t, costs] = await Promise.all([getTranslations("CostModels"), getTranslations("Costs")]);
  if (receipt.days.length === 0) return <Empty title={t("receipt.none")} />;
  return (
    <Table caption={t("receipt.title")}>
      <thead>
        <tr>
          <HeadCell>{t("receipt.day")}</HeadCell>
          <HeadCell>{t("receipt.how")}</HeadCell>
          {COST_BASES.map((basis) => (
            <HeadCell key={basis} numeric>
              {costs(`names.${basis}`)}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {receipt.days.map(({ day, costs: ofDay, how }) => (
          <Row key={day}>
            <RowHead className="figures whitespace-nowrap">
              {how === null ? (
                <Link
                  href={usageHref(receipt.line, dayText(day), query)}
                  prefetch={false}
                  title={t("receipt.usage")}
                  className="text-accent underline-offset-2 hover:underline"
                >
                  {dayText(day)}
                </Link>
              ) : (
                dayText(day)
              )}
            </RowHead>
            <Cell className="min-w-64 text-muted text-xs">
              <HowText how={how} day={day} team={receipt.line.team} />
            </Cell>
            <CostCells costs={ofDay} />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("lines.total")}</RowHead>
          <Cell />
          <CostCells costs={receipt.total} />
        </tr>
      </tfoot>
    </Table>
  );
}

/** A day's usage as tokens × rate. */
function usageHref(
  { team, costCenter, kind }: TeamCostReceipt["line"],
  day: string,
  { period, costBasis }: PageQuery,
): string {
  const ofDay = { ...period, name: "custom" as const, firstDay: day, lastDay: day };
  const center = costCenter === undefined ? {} : { cost_center: [costCenter] };
  const filters = { team: [team], ...center };
  return receiptHref({ period: ofDay, filters, costBasis }, paymentOf(kind));
}

function CostCells({ costs }: { readonly costs: Costs }) {
  return COST_BASES.map((basis) => (
    <Cell key={basis} numeric>
      {costs[basis] === 0n ? <span className="text-faint">–</span> : <Amount usd={costs[basis]} />}
    </Cell>
  ));
}
