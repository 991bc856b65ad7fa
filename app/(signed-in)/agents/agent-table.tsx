import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { RunDimension, RunStats } from "#lib/reports/agent-runs.ts";
import type { Measures, UsageResult } from "#lib/reports/usage-query.ts";

const WIDE = "hidden md:table-cell";

export function AgentTable({
  usage,
  stats,
  query,
  by,
}: {
  readonly usage: UsageResult;
  readonly stats: readonly RunStats[];
  readonly query: PageQuery;
  readonly by: RunDimension;
}) {
  const t = useTranslations("Agents");
  const runs = new Map(stats.map((each) => [each.name, each]));
  return (
    <Table caption={t(`of.${by}`)}>
      <thead>
        <tr>
          <HeadCell>{t(`name.${by}`)}</HeadCell>
          <HeadCell numeric>{t("runs")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("failedRuns")}
          </HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("median")}
          </HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("p95")}
          </HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("retries")}
          </HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("calls")}
          </HeadCell>
          <HeadCell numeric>{t("spend")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("share")}
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {usage.rows.map(({ group, measures }) => {
          const name = group[by] ?? null;
          return (
            <Row key={name}>
              <RowHead className="max-w-64">
                <Link
                  href={hrefOf(name, query, by)}
                  className={`block truncate underline-offset-2 hover:underline ${name === null ? "text-muted" : "font-medium"}`}
                >
                  {name ?? t(`unknown.${by}`)}
                </Link>
              </RowHead>
              <RunCells stats={runs.get(name)} />
              <SpendCells measures={measures} total={usage.total} />
            </Row>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("total")}</RowHead>
          <Cell />
          {["failed", "median", "p95", "retries"].map((name) => (
            <Cell key={name} className={WIDE} />
          ))}
          <SpendCells measures={usage.total} total={usage.total} />
        </tr>
      </tfoot>
    </Table>
  );
}

/** What has no name has no page, but has rows. */
function hrefOf(name: string | null, { period, filters }: PageQuery, by: RunDimension): string {
  if (name === null) return pageHref("/events", period, { ...filters, [by]: [null] });
  const path = `/agents/${encodeURIComponent(name)}`;
  return pageHref(path, period, filters, by === "agent" ? [] : [["of", by]]);
}

function RunCells({ stats }: { readonly stats: RunStats | undefined }) {
  const locale = useLocale();
  if (stats === undefined) {
    return ["runs", "failed", "median", "p95", "retries"].map((name) => (
      <Cell key={name} numeric className={name === "runs" ? "text-faint" : `text-faint ${WIDE}`}>
        –
      </Cell>
    ));
  }
  const { runs, failedRuns, medianCost, p95Cost, retries } = stats;
  return (
    <>
      <Cell numeric>
        <Count value={runs} />
      </Cell>
      <Cell numeric className={`${WIDE} ${failedRuns > 0 ? "" : "text-faint"}`}>
        {formatShare(BigInt(failedRuns), BigInt(runs), locale) ?? "–"}
      </Cell>
      <Cell numeric className={WIDE}>
        <Amount usd={medianCost} />
      </Cell>
      <Cell numeric className={WIDE}>
        <Amount usd={p95Cost} />
      </Cell>
      <Cell numeric className={`${WIDE} ${retries > 0 ? "" : "text-faint"}`}>
        <Count value={retries} />
      </Cell>
    </>
  );
}

function SpendCells({
  measures,
  total,
}: {
  readonly measures: Measures;
  readonly total: Measures;
}) {
  const locale = useLocale();
  return (
    <>
      <Cell numeric className={WIDE}>
        <Count value={measures.modelCalls} />
      </Cell>
      <Cell numeric>
        <Spend measures={measures} />
      </Cell>
      <Cell numeric className={`text-muted ${WIDE}`}>
        {(measures.cost > 0n && formatShare(measures.cost, total.cost, locale)) || "–"}
      </Cell>
    </>
  );
}
