import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { formatDuration } from "#app/_format/format-duration.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { ToolCallReport, ToolCallRow } from "#lib/reports/tool-calls.ts";
import type { ToolDuration } from "#lib/reports/tool-durations.ts";

const WIDE = "hidden md:table-cell";

export function ToolTable({
  report,
  durations,
  query,
}: {
  readonly report: ToolCallReport;
  readonly durations: ReadonlyMap<string | null, ToolDuration>;
  readonly query: PageQuery;
}) {
  const t = useTranslations("Tools");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("tool")}</HeadCell>
          <HeadCell numeric>{t("calls")}</HeadCell>
          <HeadCell numeric>{t("failed")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("rejected")}
          </HeadCell>
          <HeadCell numeric>{t("failureRate")}</HeadCell>
          <HeadCell numeric>{t("median")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("p95")}
          </HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("longest")}
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {report.rows.map((row) => {
          const tool = row.group.tool ?? null;
          return (
            <Row key={tool}>
              <RowHead>
                <Link
                  href={pageHref("/events", query.period, {
                    ...query.filters,
                    kind: ["tool_call"],
                    tool: [tool],
                  })}
                  className={`underline-offset-2 hover:underline ${tool === null ? "text-muted" : ""}`}
                >
                  {tool ?? t("unknown")}
                </Link>
              </RowHead>
              <CountCells row={row} />
              <DurationCells duration={durations.get(tool)} />
            </Row>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("total")}</RowHead>
          <CountCells row={report.total} />
          <Cell />
          <Cell className={WIDE} />
          <Cell className={WIDE} />
        </tr>
      </tfoot>
    </Table>
  );
}

function CountCells({ row }: { readonly row: Omit<ToolCallRow, "group"> }) {
  const locale = useLocale();
  const { calls, errors, rejected } = row;
  return (
    <>
      <Cell numeric>
        <Count value={calls} />
      </Cell>
      <Cell numeric className={errors > 0 ? "text-danger" : "text-faint"}>
        <Count value={errors} />
      </Cell>
      <Cell numeric className={`${WIDE} ${rejected > 0 ? "" : "text-faint"}`}>
        <Count value={rejected} />
      </Cell>
      <Cell numeric>{formatShare(BigInt(errors), BigInt(calls), locale) ?? "–"}</Cell>
    </>
  );
}

function DurationCells({ duration }: { readonly duration: ToolDuration | undefined }) {
  const locale = useLocale();
  const time = (ms: number | undefined) => (ms === undefined ? "–" : formatDuration(ms, locale));
  return (
    <>
      <Cell numeric>{time(duration?.medianMs)}</Cell>
      <Cell numeric className={WIDE}>
        {time(duration?.p95Ms)}
      </Cell>
      <Cell numeric className={WIDE}>
        {time(duration?.longestMs)}
      </Cell>
    </>
  );
}
