import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { Usd } from "#lib/money/money.ts";
import { NO_MEASURES } from "#lib/reports/measures.ts";
import type { Measures, UsageResult, UsageRow } from "#lib/reports/usage-query.ts";
import { Change } from "./change.tsx";
import { type ExploreQuery, explorePairs } from "./explore-query.ts";
import { isMoney, type Measure, measureOf } from "./measures.ts";

/** The groups of the period, largest first, each beside what it was before. */
export function ExploreTable({
  query,
  result,
  previous,
}: {
  readonly query: ExploreQuery;
  readonly result: UsageResult;
  readonly previous: UsageResult | null;
}) {
  const t = useTranslations("Explore");
  const groups = useTranslations("Groups");
  const { groupBy, measure } = query;
  const before = new Map(
    previous?.rows.map(({ group, measures }) => [keyOf(query, group), measures]),
  );
  const value = ({ measures }: UsageRow) => measureOf(measure, measures);
  const isInBefore = ({ group }: UsageRow) =>
    measureOf(measure, before.get(keyOf(query, group)) ?? NO_MEASURES) !== 0n;
  const rows = withVanished(query, result, previous)
    .filter((row) => value(row) !== 0n || isUnpriced(measure, row) || isInBefore(row))
    .toSorted((a, b) => compare(value(b), value(a)));
  if (rows.length === 0) return <Empty title={groups("none")} />;
  return (
    <Table caption={t("table")}>
      <thead>
        <tr>
          {groupBy.map((dimension) => (
            <HeadCell key={dimension}>{groups(`names.${dimension}`)}</HeadCell>
          ))}
          <HeadCell numeric>{t(`measures.${measure}`)}</HeadCell>
          <HeadCell numeric className="hidden sm:table-cell">
            {groups("share")}
          </HeadCell>
          {previous !== null && <HeadCell numeric>{t("before")}</HeadCell>}
          {previous !== null && <HeadCell numeric>{t("change")}</HeadCell>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={keyOf(query, row.group)}>
            {groupBy.map((dimension, index) => (
              <GroupCell key={dimension} query={query} row={row} index={index} />
            ))}
            <Figures
              measure={measure}
              measures={row.measures}
              total={result.total}
              before={previous && (before.get(keyOf(query, row.group)) ?? NO_MEASURES)}
            />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium" colSpan={groupBy.length}>
            {groups("total")}
          </RowHead>
          <Figures
            measure={measure}
            measures={result.total}
            total={result.total}
            before={previous?.total ?? null}
          />
        </tr>
      </tfoot>
    </Table>
  );
}

function GroupCell({
  query,
  row,
  index,
}: {
  readonly query: ExploreQuery;
  readonly row: UsageRow;
  readonly index: number;
}) {
  const groups = useTranslations("Groups");
  const dimension = query.groupBy[index] ?? "team";
  const value = row.group[dimension] ?? null;
  const narrowed = withFilter(query.filters, dimension, value);
  const TheCell = index === 0 ? RowHead : Cell;
  return (
    <TheCell className="max-w-80">
      <Link
        href={pageHref("/explore", query.period, narrowed, explorePairs(query))}
        className={`block truncate underline-offset-2 hover:underline ${value === null ? "text-muted" : ""}`}
      >
        {value ?? groups("unknownOf", { dimension })}
      </Link>
    </TheCell>
  );
}

function Figures({
  measure,
  measures,
  total,
  before,
}: {
  readonly measure: Measure;
  readonly measures: Measures;
  readonly total: Measures;
  /** Null when nothing is compared. */
  readonly before: Measures | null;
}) {
  const locale = useLocale();
  const value = measureOf(measure, measures);
  return (
    <>
      <Cell numeric>
        <Figure measure={measure} measures={measures} />
      </Cell>
      <Cell numeric className="hidden text-muted sm:table-cell">
        {value === 0n && isMoney(measure) && measures.unpricedCalls > 0
          ? "–"
          : (formatShare(value, measureOf(measure, total), locale) ?? "–")}
      </Cell>
      {before !== null && (
        <Cell numeric className="text-muted">
          <Figure measure={measure} measures={before} />
        </Cell>
      )}
      {before !== null && (
        <Cell numeric>
          <Change now={value} before={measureOf(measure, before)} isMoney={isMoney(measure)} />
        </Cell>
      )}
    </>
  );
}

function Figure({ measure, measures }: { readonly measure: Measure; readonly measures: Measures }) {
  const value = measureOf(measure, measures);
  if (!isMoney(measure)) return <Count value={Number(value)} />;
  const { modelCalls, unpricedCalls, toolCalls } = measures;
  if (value === 0n && modelCalls === 0 && unpricedCalls === 0 && toolCalls > 0) {
    return <span className="text-faint">–</span>;
  }
  return <Amount usd={value as Usd} unpricedCalls={unpricedCalls} compact />;
}

/** The rows of the period, and those that were there before and are gone. */
function withVanished(
  query: ExploreQuery,
  result: UsageResult,
  previous: UsageResult | null,
): readonly UsageRow[] {
  const here = new Set(result.rows.map(({ group }) => keyOf(query, group)));
  const gone = previous?.rows.filter(({ group }) => !here.has(keyOf(query, group))) ?? [];
  return [...result.rows, ...gone.map((row) => ({ ...row, measures: NO_MEASURES }))];
}

/** Its cost is not known, so its zero is none. */
function isUnpriced(measure: Measure, { measures }: UsageRow): boolean {
  return isMoney(measure) && measures.unpricedCalls > 0;
}

function keyOf({ groupBy }: ExploreQuery, group: UsageRow["group"]): string {
  return JSON.stringify(groupBy.map((dimension) => group[dimension] ?? null));
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
