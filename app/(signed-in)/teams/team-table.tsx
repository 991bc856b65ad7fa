import { ArrowDown } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatCount, formatShare } from "#app/_format/format-count.ts";
import { costPairs, pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { BudgetStatus } from "#lib/budgets/status.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { BudgetBar } from "../budgets/budget-bar.tsx";
import { Change } from "../explore/change.tsx";
import { readSort, type TeamRow, type TeamSort } from "./team-rows.ts";

const WIDE = "hidden md:table-cell";

export function TeamTable({
  rows,
  total,
  totalBefore,
  query,
  sort,
}: {
  readonly rows: readonly TeamRow[];
  readonly total: Measures;
  readonly totalBefore: Measures;
  readonly query: PageQuery;
  readonly sort: string | undefined;
}) {
  const t = useTranslations("TeamPages");
  const head = { query, sort: readSort(sort) };
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <SortHead {...head} by="name" label={t("team")} />
          <HeadCell className={`${WIDE} w-1/4`}>{t("budget")}</HeadCell>
          <SortHead {...head} by="spend" label={t("spend")} numeric />
          <SortHead {...head} by="change" label={t("change")} numeric />
          <HeadCell numeric className={WIDE}>
            {t("share")}
          </HeadCell>
          <SortHead {...head} by="unpriced" label={t("unpriced")} numeric className={WIDE} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.slug}>
            <RowHead className="max-w-72">
              <TeamName row={row} query={query} />
            </RowHead>
            <Cell className={WIDE}>
              {row.budget === null ? (
                <span className="text-faint">–</span>
              ) : (
                <BudgetCell status={row.budget} />
              )}
            </Cell>
            <Figures measures={row.measures} before={row.before} total={total} />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("total")}</RowHead>
          <Cell className={WIDE} />
          <Figures measures={total} before={totalBefore} total={total} />
        </tr>
      </tfoot>
    </Table>
  );
}

function SortHead({
  query,
  sort,
  by,
  label,
  numeric = false,
  className = "",
}: {
  readonly query: PageQuery;
  readonly sort: TeamSort;
  readonly by: TeamSort;
  readonly label: string;
  readonly numeric?: boolean;
  readonly className?: string;
}) {
  const isSorted = sort === by;
  const direction = by === "name" ? "ascending" : "descending";
  return (
    <HeadCell numeric={numeric} className={className} aria-sort={isSorted ? direction : "none"}>
      <Link
        href={pageHref("/teams", query.period, query.filters, [
          ...costPairs(query.costBasis),
          ...(by === "spend" ? [] : [["sort", by] as [string, string]]),
        ])}
        scroll={false}
        className="inline-flex min-h-6 items-center gap-1 hover:text-text"
      >
        {label}
        {isSorted && (
          <ArrowDown className={`size-3 ${by === "name" ? "rotate-180" : ""}`} aria-hidden />
        )}
      </Link>
    </HeadCell>
  );
}

function TeamName({ row, query }: { readonly row: TeamRow; readonly query: PageQuery }) {
  const t = useTranslations("TeamPages");
  const { period, filters, costBasis } = query;
  const isNobodys = row.slug === UNALLOCATED;
  return (
    <>
      <Link
        href={
          isNobodys
            ? pageHref("/events", period, { ...filters, team: [UNALLOCATED] }, costPairs(costBasis))
            : pageHref(`/teams/${encodeURIComponent(row.slug)}`, period, {})
        }
        className={`block truncate underline-offset-2 hover:underline ${isNobodys ? "text-muted" : "font-medium"}`}
      >
        {isNobodys ? t("unallocated") : row.name}
      </Link>
      {row.parent !== null && (
        <span className="block truncate text-faint text-xs">{t("in", { team: row.parent })}</span>
      )}
    </>
  );
}

function BudgetCell({ status }: { readonly status: BudgetStatus }) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { budget, spent, limit } = status;
  return (
    <Link href={`/budgets/${budget.id}`} className="flex flex-col gap-1 py-1">
      <BudgetBar status={status} />
      <span className="figures text-muted text-xs">
        {t("spentOf", {
          spent: formatBudgetAmount(spent, budget.unit, locale),
          limit: formatBudgetAmount(limit.total, budget.unit, locale),
        })}
      </span>
    </Link>
  );
}

function Figures({
  measures,
  before,
  total,
}: {
  readonly measures: Measures;
  readonly before: Measures;
  readonly total: Measures;
}) {
  const locale = useLocale();
  const { cost, unpricedCalls } = measures;
  return (
    <>
      <Cell numeric>
        <Spend measures={measures} />
      </Cell>
      <Cell numeric>
        <Change now={cost} before={before.cost} isMoney />
      </Cell>
      <Cell numeric className={`text-muted ${WIDE}`}>
        {(cost > 0n && formatShare(cost, total.cost, locale)) || "–"}
      </Cell>
      <Cell numeric className={`${WIDE} ${unpricedCalls > 0 ? "text-warn" : "text-faint"}`}>
        {formatCount(unpricedCalls, locale)}
      </Cell>
    </>
  );
}
