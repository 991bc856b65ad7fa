"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { DataTable } from "#app/_components/data-table/data-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { RowName } from "#app/_components/row-name.tsx";
import { Share } from "#app/_components/share.tsx";
import { formatDuration } from "#app/_format/format-duration.ts";
import type { Filters } from "#app/_query/filters.ts";
import { pageHref, receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { CallTiming } from "#lib/reports/call-timing.ts";
import type { ToolCallReport, ToolCallRow } from "#lib/reports/tool-calls.ts";

/** One tool; `timing` is null where none of its latest calls is known. */
export type ToolLine = Omit<ToolCallRow, "group"> & {
  readonly tool: string | null;
  readonly timing: CallTiming | null;
};

export function ToolTable({
  lines,
  total,
  query,
  note,
  csvHref,
}: {
  readonly lines: readonly ToolLine[];
  readonly total: ToolCallReport["total"];
  readonly query: PageQuery;
  readonly note: string;
  readonly csvHref: string;
}) {
  const t = useTranslations("Tools");
  const ofTools = (more: Filters): PageQuery => ({
    ...query,
    filters: { ...query.filters, kind: ["tool_call"], ...more },
  });
  const rowsOf = (tool: string | null, more: Filters = {}) =>
    pageHref("/events", ofTools({ tool: [tool], ...more }));
  const columns: TableColumn<ToolLine>[] = [
    {
      id: "tool",
      label: t("tool"),
      className: "max-w-64",
      sortBy: ({ tool }) => tool ?? undefined,
      cell: ({ tool }) => (
        <RowName name={tool ?? t("unknown")} href={rowsOf(tool)} isKnown={tool !== null} />
      ),
      total: t("total"),
    },
    {
      ...{ id: "calls", label: t("calls"), numeric: true },
      sortBy: ({ calls }) => calls,
      cell: ({ calls }) => <Count value={calls} />,
      total: <Count value={total.calls} />,
    },
    {
      ...{ id: "failed", label: t("failed"), numeric: true },
      sortBy: ({ errors }) => errors,
      cell: ({ tool, errors }) => (
        <Failures count={errors} href={rowsOf(tool, { status: ["error"] })} />
      ),
      total: <Count value={total.errors} />,
    },
    {
      ...{ id: "rejected", label: t("rejected"), numeric: true, from: "lg" },
      sortBy: ({ rejected }) => rejected,
      cell: ({ rejected }) => <Count value={rejected} />,
      total: <Count value={total.rejected} />,
    },
    {
      ...{ id: "failure_rate", label: t("failureRate"), numeric: true, from: "md" },
      sortBy: ({ errors, calls }) => errors / calls,
      cell: ({ errors, calls }) => <Share part={BigInt(errors)} of={BigInt(calls)} />,
      total: <Share part={BigInt(total.errors)} of={BigInt(total.calls)} />,
    },
    ...useTimingColumns(),
    {
      ...{ id: "cost", label: t("cost"), numeric: true, from: "md" },
      sortBy: ({ cost }) => (cost === 0n ? undefined : cost),
      cell: (line) => <ToolCost sums={line} query={ofTools({ tool: [line.tool] })} />,
      total: <ToolCost sums={total} query={ofTools({})} />,
    },
  ];
  return (
    <DataTable
      title={t("title")}
      note={note}
      csvHref={csvHref}
      columns={columns}
      rows={lines}
      keyOf={keyOf}
      firstSort={{ id: "calls", desc: true }}
    />
  );
}

/** How often a call was made again, and how long calls took. */
function useTimingColumns(): readonly TableColumn<ToolLine>[] {
  const t = useTranslations("Tools");
  const locale = useLocale();
  const time = (ms: number | undefined) =>
    ms === undefined ? <span className="text-faint">–</span> : formatDuration(ms, locale);
  return [
    {
      ...{ id: "repeats", label: t("repeats"), numeric: true, from: "lg" },
      sortBy: ({ timing }) => timing?.repeats ?? undefined,
      cell: ({ timing }) => {
        const repeats = timing?.repeats ?? null;
        return repeats === null ? <span className="text-faint">–</span> : <Count value={repeats} />;
      },
    },
    {
      ...{ id: "median", label: t("median"), numeric: true },
      sortBy: ({ timing }) => timing?.duration?.medianMs,
      cell: ({ timing }) => time(timing?.duration?.medianMs),
    },
    {
      ...{ id: "p95", label: t("p95"), numeric: true, from: "md" },
      sortBy: ({ timing }) => timing?.duration?.p95Ms,
      cell: ({ timing }) => time(timing?.duration?.p95Ms),
    },
    {
      ...{ id: "longest", label: t("longest"), numeric: true, from: "lg" },
      sortBy: ({ timing }) => timing?.duration?.longestMs,
      cell: ({ timing }) => time(timing?.duration?.longestMs),
    },
  ];
}

function keyOf({ tool }: ToolLine): string {
  return tool ?? "";
}

/** How many calls failed, and the way to them. */
function Failures({ count, href }: { readonly count: number; readonly href: string }) {
  const t = useTranslations("Tools");
  if (count === 0) return <span className="text-faint">0</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      title={t("failedRows")}
      className="text-danger underline-offset-2 hover:underline"
    >
      <Count value={count} />
    </Link>
  );
}

/** Most tools have no price of their own; then there is no amount, not a zero. */
function ToolCost({
  sums: { cost, unpricedCalls },
  query,
}: {
  readonly sums: Pick<ToolLine, "cost" | "unpricedCalls">;
  readonly query: PageQuery;
}) {
  if (cost === 0n && unpricedCalls === 0) return <span className="text-faint">–</span>;
  return (
    <FigureLink href={receiptHref(query)}>
      <Amount usd={cost} unpricedCalls={unpricedCalls} compact />
    </FigureLink>
  );
}
