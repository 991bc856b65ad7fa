import Link from "next/link";
import { useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { ColumnTable } from "#app/_components/data-table/column-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { groupName } from "#app/_components/group-name.ts";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { RowName } from "#app/_components/row-name.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { SpendShare } from "#app/_components/spend-share.tsx";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref, usageCsvHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Dimension, Measures, UsageResult, UsageRow } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

export const ROWS_SHOWN = 8;

type Figure = "modelCalls" | "toolCalls" | "errors" | "tokens" | "spend" | "share";

const DEFAULT_FIGURES: readonly Figure[] = ["modelCalls", "toolCalls", "tokens", "spend", "share"];
/** Tools have no price of their own, and models make no tool calls. */
const FIGURES: { readonly [D in Dimension]?: readonly Figure[] } = {
  tool: ["toolCalls", "errors"],
  model: ["modelCalls", "tokens", "spend", "share"],
};
/** What a phone keeps where there are more than two. */
const NARROW: ReadonlySet<Figure> = new Set(["modelCalls", "spend"]);

/**
 * Spend by one dimension: the dearest groups and the total of all. A name
 * narrows the page to it, or opens its own page; the icon beside it opens the ledger rows that make
 * the figure.
 */
export function GroupTable({
  dimension,
  result,
  query,
  asked,
}: {
  readonly dimension: Dimension;
  readonly result: UsageResult;
  readonly query: PageQuery;
  /** What the table counts, where that is less than the whole page. */
  readonly asked: PageQuery;
}) {
  const t = useTranslations("Groups");
  const title = t(`titles.${dimension}`);
  if (result.rows.length === 0) {
    return (
      <Panel title={title}>
        <Empty title={t("none")} />
      </Panel>
    );
  }
  const rows = result.rows.slice(0, ROWS_SHOWN);
  const figures = FIGURES[dimension] ?? DEFAULT_FIGURES;
  const name: TableColumn<UsageRow> = {
    id: "name",
    label: t(`names.${dimension}`),
    className: "max-w-0 w-2/5",
    cell: ({ group }) => (
      <GroupName dimension={dimension} value={group[dimension] ?? null} {...{ query, asked }} />
    ),
    total: (
      <>
        {t("total")}
        {rows.length < result.rowCount && <ShowAll dimension={dimension} asked={asked} />}
      </>
    ),
  };
  const columns = figures.map(
    (figure): TableColumn<UsageRow> => ({
      ...{ id: figure, label: t(figure), numeric: true },
      ...(figures.length > 2 && !NARROW.has(figure) && { from: "sm" as const }),
      cell: ({ measures, group }) => (
        <Value
          figure={figure}
          measures={measures}
          total={result.total}
          query={narrowed(asked, dimension, group[dimension] ?? null)}
        />
      ),
      total: <Value figure={figure} measures={result.total} total={result.total} query={asked} />,
    }),
  );
  return (
    <Panel
      title={title}
      actions={<CsvLink href={usageCsvHref(asked, [dimension], "none")} what={title} />}
    >
      <ColumnTable
        caption={title}
        columns={[name, ...columns]}
        rows={rows}
        keyOf={({ group }) => group[dimension] ?? ""}
      />
    </Panel>
  );
}

/** All groups stand on the page that takes any question. */
function ShowAll({
  dimension,
  asked,
}: {
  readonly dimension: Dimension;
  readonly asked: PageQuery;
}) {
  const t = useTranslations("Groups");
  const measure: [string, string][] = dimension === "tool" ? [["measure", "tool_calls"]] : [];
  return (
    <Link
      href={pageHref("/explore", asked, [...measure, ["by", dimension]])}
      className="ml-2 font-normal text-accent underline-offset-2 hover:underline"
    >
      {t("showAll")}
    </Link>
  );
}

function GroupName({
  dimension,
  value,
  query,
  asked,
}: {
  readonly dimension: Dimension;
  readonly value: string | null;
  readonly query: PageQuery;
  readonly asked: PageQuery;
}) {
  const t = useTranslations("Groups");
  const ofGroup = narrowed(query, dimension, value);
  return (
    <RowName
      name={groupName(dimension, value, t)}
      href={pageOf(dimension, value, query) ?? pageHref("/", ofGroup)}
      rowsHref={pageHref("/events", narrowed(asked, dimension, value))}
      isKnown={value !== null}
    />
  );
}

function narrowed(query: PageQuery, dimension: Dimension, value: string | null): PageQuery {
  return { ...query, filters: withFilter(query.filters, dimension, value) };
}

/** What has a page of its own is opened there. */
function pageOf(dimension: Dimension, value: string | null, query: PageQuery): string | null {
  if (value === null || value === UNALLOCATED) return null;
  if (dimension !== "team" && dimension !== "agent") return null;
  return pageHref(`/${dimension}s/${encodeURIComponent(value)}`, { ...query, filters: {} });
}

function Value({
  figure,
  measures,
  total,
  query,
}: {
  readonly figure: Figure;
  readonly measures: Measures;
  readonly total: Measures;
  /** What it is of. */
  readonly query: PageQuery;
}) {
  switch (figure) {
    case "tokens":
      return <Count value={totalTokens(measures.tokens)} short />;
    case "spend":
      return <Spend measures={measures} query={query} />;
    case "share":
      return <SpendShare measures={measures} total={total} />;
    default:
      return <Count value={measures[figure]} />;
  }
}
