import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatDays, formatMoment } from "#app/_format/format-time.ts";
import type { HistoryRun } from "#lib/history-runs/history-run.ts";
import { differenceOf } from "#lib/history-runs/summarise.ts";
import type { Usd } from "#lib/money/money.ts";
import { Difference } from "./difference.tsx";
import { RunState } from "./run-state.tsx";

/** The runs of one sort, newest first: who asked for what, and what came of it. */
export function RunTable({
  runs,
  timeZone,
  base,
}: {
  readonly runs: readonly HistoryRun[];
  readonly timeZone: string;
  /** The address under which a run has its page. */
  readonly base: string;
}) {
  const t = useTranslations("History");
  const locale = useLocale();
  if (runs.length === 0) return <Empty title={t("noRuns")}>{t("noRunsHint")}</Empty>;
  return (
    <Table caption={t("runs")}>
      <thead>
        <tr>
          <HeadCell>{t("run")}</HeadCell>
          <HeadCell>{t("period")}</HeadCell>
          <HeadCell>{t("only")}</HeadCell>
          <HeadCell>{t("requestedBy")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell numeric>{t("calls")}</HeadCell>
          <HeadCell numeric>{t("difference")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Row key={String(run.id)}>
            <RowHead className="whitespace-nowrap">
              <Link
                href={`${base}/${run.id}`}
                className="underline-offset-2 hover:underline"
                prefetch={false}
              >
                {formatMoment(run.requestedAt, locale, timeZone)}
              </Link>
            </RowHead>
            <Cell className="whitespace-nowrap">
              {formatDays(run.from, run.to, locale, timeZone)}
            </Cell>
            <Cell>
              {filterInWords(run.filter) || <span className="text-muted">{t("all")}</span>}
            </Cell>
            <Cell>{run.requestedBy}</Cell>
            <Cell>
              <RunState run={run} />
            </Cell>
            <Cell numeric>
              <Count value={run.calls} />
            </Cell>
            <Cell numeric>
              <Difference usd={differenceOf(run) as Usd} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

export function filterInWords({ provider, model, team }: HistoryRun["filter"]): string {
  return [provider, model, team].filter((name) => name !== undefined).join(" · ");
}
