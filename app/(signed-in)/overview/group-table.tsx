import { Rows3 } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { withFilter } from "#app/_query/filters.ts";
import { costPairs, pageHref, usageCsvHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Dimension, Measures, UsageResult } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

export const ROWS_SHOWN = 8;

type Column = "modelCalls" | "toolCalls" | "errors" | "tokens" | "spend" | "share";

const DEFAULT_COLUMNS: readonly Column[] = ["modelCalls", "toolCalls", "tokens", "spend", "share"];
/** Tools have no price of their own, and models make no tool calls. */
const COLUMNS: { readonly [D in Dimension]?: readonly Column[] } = {
  tool: ["toolCalls", "errors"],
  model: ["modelCalls", "tokens", "spend", "share"],
};

/** Columns that a phone keeps where there are more than two. */
const NARROW: ReadonlySet<Column> = new Set(["modelCalls", "spend"]);

function lookOf(column: Column, columns: readonly Column[]): string {
  return columns.length <= 2 || NARROW.has(column) ? "" : "hidden sm:table-cell";
}

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
  expanded,
}: {
  readonly dimension: Dimension;
  readonly result: UsageResult;
  readonly query: PageQuery;
  /** What the table counts, where that is less than the whole page. */
  readonly asked: PageQuery;
  readonly expanded: boolean;
}) {
  const t = useTranslations("Groups");
  const title = t(`titles.${dimension}`);
  const columns = COLUMNS[dimension] ?? DEFAULT_COLUMNS;
  const rows = expanded ? result.rows : result.rows.slice(0, ROWS_SHOWN);
  const csv = (
    <CsvLink
      href={usageCsvHref(asked.period, asked.filters, [dimension], "none", asked.costBasis)}
      what={title}
    />
  );
  if (rows.length === 0) {
    return (
      <Panel title={title}>
        <Empty title={t("none")} />
      </Panel>
    );
  }
  return (
    <Panel title={title} actions={csv}>
      <Table caption={title}>
        <thead>
          <tr>
            <HeadCell>{t(`names.${dimension}`)}</HeadCell>
            {columns.map((column) => (
              <HeadCell key={column} numeric className={lookOf(column, columns)}>
                {t(column)}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ group, measures }) => (
            <Row key={group[dimension] ?? ""}>
              <GroupName dimension={dimension} value={group[dimension] ?? null} query={query} />
              <MeasureCells columns={columns} measures={measures} total={result.total} />
            </Row>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-medium [&>*]:border-t [&>*]:border-b-0 [&>*]:border-line-strong">
            <RowHead className="font-medium">
              {t("total")}
              {rows.length < result.rows.length && (
                <Link
                  href={pageHref("/", query.period, query.filters, [
                    ["all", dimension],
                    ...costPairs(query.costBasis),
                  ])}
                  scroll={false}
                  className="ml-2 font-normal text-accent underline-offset-2 hover:underline"
                >
                  {t("showAll")}
                </Link>
              )}
            </RowHead>
            <MeasureCells columns={columns} measures={result.total} total={result.total} />
          </tr>
        </tfoot>
      </Table>
    </Panel>
  );
}

function GroupName({
  dimension,
  value,
  query,
}: {
  readonly dimension: Dimension;
  readonly value: string | null;
  readonly query: PageQuery;
}) {
  const t = useTranslations("Groups");
  const narrowed = withFilter(query.filters, dimension, value);
  const name = value ?? t("unknownOf", { dimension });
  return (
    <RowHead className="max-w-0 w-2/5">
      <span className="flex items-center gap-1">
        <Link
          href={
            pageOf(dimension, value, query) ??
            pageHref("/", query.period, narrowed, costPairs(query.costBasis))
          }
          title={name}
          className={`truncate underline-offset-2 hover:underline ${value === null ? "text-muted" : ""}`}
        >
          {name}
        </Link>
        <Link
          href={pageHref("/events", query.period, narrowed)}
          title={t("rowsBehind")}
          aria-label={t("rowsBehindOf", { name })}
          className="grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:bg-line hover:text-text focus-visible:opacity-100 group-hover:opacity-100 md:opacity-0"
        >
          <Rows3 className="size-3.5" aria-hidden />
        </Link>
      </span>
    </RowHead>
  );
}

/** What has a page of its own is opened there. */
function pageOf(dimension: Dimension, value: string | null, { period }: PageQuery): string | null {
  if (value === null || value === UNALLOCATED) return null;
  if (dimension !== "team" && dimension !== "agent") return null;
  return pageHref(`/${dimension}s/${encodeURIComponent(value)}`, period, {});
}

function MeasureCells({
  columns,
  measures,
  total,
}: {
  readonly columns: readonly Column[];
  readonly measures: Measures;
  readonly total: Measures;
}) {
  return columns.map((column) => (
    <Cell key={column} numeric className={lookOf(column, columns)}>
      <MeasureValue column={column} measures={measures} total={total} />
    </Cell>
  ));
}

function MeasureValue({
  column,
  measures,
  total,
}: {
  readonly column: Column;
  readonly measures: Measures;
  readonly total: Measures;
}) {
  const locale = useLocale();
  switch (column) {
    case "tokens":
      return <Count value={totalTokens(measures.tokens)} short />;
    case "spend":
      return <Spend measures={measures} />;
    case "share":
      return (
        <span className="text-muted">
          {isAllUnpriced(measures) ? "–" : (formatShare(measures.cost, total.cost, locale) ?? "–")}
        </span>
      );
    default:
      return <Count value={measures[column]} />;
  }
}

/** Its share is not known, so it is not 0 %. */
function isAllUnpriced({ cost, unpricedCalls }: Measures): boolean {
  return cost === 0n && unpricedCalls > 0;
}
