import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { formatMoment } from "#app/_format/format-time.ts";
import { type PageQuery, usageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import {
  dearestRuns,
  RUN_ROWS_READ,
  type RunDimension,
  type RunStats,
  runStats,
} from "#lib/reports/agent-runs.ts";

const SHOWN = 8;

/** What a run costs, and the dearest of them. */
export async function RunPanel({
  scope,
  query,
  of,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly of: RunDimension;
}) {
  const { sql } = context();
  const asked = usageQuery(query, []);
  const [t, locale, [stats], runs] = await Promise.all([
    getTranslations("Agents"),
    getLocale(),
    runStats(sql, scope, of, asked),
    dearestRuns(sql, scope, of, { ...asked, limit: SHOWN }),
  ]);
  return (
    <Panel title={t("runs")} note={t("runsNote", { rows: RUN_ROWS_READ })}>
      {stats === undefined ? (
        <Empty title={t("noRuns")}>{t("noRunsHint")}</Empty>
      ) : (
        <>
          <RunFigures stats={stats} />
          <Table caption={t("dearest")}>
            <thead>
              <tr>
                <HeadCell>{t("dearest")}</HeadCell>
                <HeadCell numeric>{t("calls")}</HeadCell>
                <HeadCell numeric>{t("errors")}</HeadCell>
                <HeadCell numeric>{t("spend")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <Row key={run.eventId}>
                  <RowHead>
                    <Link
                      href={
                        run.session === null
                          ? `/events/${run.eventId}`
                          : `/sessions/${encodeURIComponent(run.session)}`
                      }
                      className="figures underline-offset-2 hover:underline"
                    >
                      {formatMoment(run.startedAt, locale, query.period.timeZone)}
                    </Link>
                  </RowHead>
                  <Cell numeric>
                    <Count value={run.calls} />
                  </Cell>
                  <Cell numeric className={run.errors > 0 ? "text-danger" : "text-faint"}>
                    <Count value={run.errors} />
                  </Cell>
                  <Cell numeric>
                    <Amount usd={run.cost} unpricedCalls={run.unpricedCalls} compact />
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </Panel>
  );
}

async function RunFigures({ stats }: { readonly stats: RunStats }) {
  const [t, locale] = await Promise.all([getTranslations("Agents"), getLocale()]);
  const { runs, failedRuns, retries, medianCost, p95Cost, unpricedCalls } = stats;
  const figures = [
    ["runs", <Count key="runs" value={runs} />],
    ["failedRuns", formatShare(BigInt(failedRuns), BigInt(runs), locale) ?? "–"],
    ["median", <Amount key="median" usd={medianCost} unpricedCalls={unpricedCalls} compact />],
    ["p95", <Amount key="p95" usd={p95Cost} unpricedCalls={unpricedCalls} compact />],
    ["retries", <Count key="retries" value={retries} />],
  ] as const;
  return (
    <dl className="grid grid-cols-2 border-line border-b sm:grid-cols-5">
      {figures.map(([name, figure]) => (
        <div key={name} className="flex min-w-0 flex-col px-4 py-3">
          <dt className="text-muted text-xs">{t(name)}</dt>
          <dd className="figures mt-0.5 font-semibold text-lg">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
