"use client";

import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { DataTable } from "#app/_components/data-table/data-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { RowName } from "#app/_components/row-name.tsx";
import { Share } from "#app/_components/share.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { SpendShare } from "#app/_components/spend-share.tsx";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Usd } from "#lib/money/money.ts";
import type { RunDimension, RunStats } from "#lib/reports/agent-runs.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { ofPairs } from "./run-dimension.ts";

/** One agent or workflow; `runs` is null where no run of it is known. */
export type AgentLine = {
  readonly name: string | null;
  readonly measures: Measures;
  readonly runs: RunStats | null;
};

export function AgentTable({
  lines,
  total,
  query,
  by,
  note,
  csvHref,
}: {
  readonly lines: readonly AgentLine[];
  readonly total: Measures;
  readonly query: PageQuery;
  readonly by: RunDimension;
  readonly note: string;
  readonly csvHref: string;
}) {
  const t = useTranslations("Agents");
  const columns: TableColumn<AgentLine>[] = [
    {
      id: "name",
      label: t(`name.${by}`),
      className: "max-w-64",
      sortBy: ({ name }) => name ?? undefined,
      cell: ({ name }) => <AgentName name={name} query={query} by={by} />,
      total: t("total"),
    },
    {
      ...{ id: "runs", label: t("runs"), numeric: true },
      sortBy: ({ runs }) => runs?.runs,
      cell: ({ runs }) => (runs === null ? <None /> : <Count value={runs.runs} />),
    },
    {
      ...{ id: "failed", label: t("failedRuns"), numeric: true, from: "md" },
      sortBy: ({ runs }) => (runs === null ? undefined : runs.failedRuns / runs.runs),
      cell: ({ runs }) => (
        <Share part={BigInt(runs?.failedRuns ?? 0)} of={BigInt(runs?.runs ?? 0)} />
      ),
    },
    {
      ...{ id: "median", label: t("median"), numeric: true, from: "md" },
      sortBy: ({ runs }) => runs?.medianCost,
      cell: ({ runs }) => (runs === null ? <None /> : <RunCost usd={runs.medianCost} of={runs} />),
    },
    {
      ...{ id: "p95", label: t("p95"), numeric: true, from: "md" },
      sortBy: ({ runs }) => runs?.p95Cost,
      cell: ({ runs }) => (runs === null ? <None /> : <RunCost usd={runs.p95Cost} of={runs} />),
    },
    {
      ...{ id: "retries", label: t("retries"), numeric: true, from: "md" },
      sortBy: ({ runs }) => runs?.retries,
      cell: ({ runs }) => (runs === null ? <None /> : <Count value={runs.retries} />),
    },
    {
      ...{ id: "calls", label: t("calls"), numeric: true, from: "md" },
      sortBy: ({ measures }) => measures.modelCalls,
      cell: ({ measures }) => <Count value={measures.modelCalls} />,
      total: <Count value={total.modelCalls} />,
    },
    {
      ...{ id: "spend", label: t("spend"), numeric: true },
      sortBy: ({ measures }) => measures.cost,
      cell: ({ name, measures }) => <Spend measures={measures} query={narrowed(query, by, name)} />,
      total: <Spend measures={total} query={query} />,
    },
    {
      ...{ id: "share", label: t("share"), numeric: true, from: "md" },
      cell: ({ measures }) => <SpendShare measures={measures} total={total} />,
    },
  ];
  return (
    <DataTable
      title={t(`of.${by}`)}
      note={note}
      csvHref={csvHref}
      columns={columns}
      rows={lines}
      keyOf={keyOf}
      firstSort={{ id: "spend", desc: true }}
    />
  );
}

function keyOf({ name }: AgentLine): string {
  return name ?? "";
}

function narrowed(query: PageQuery, by: RunDimension, name: string | null): PageQuery {
  return { ...query, filters: withFilter(query.filters, by, name) };
}

function None() {
  return <span className="text-faint">–</span>;
}

/** What has no name has no page, but has rows. */
function AgentName({
  name,
  query,
  by,
}: {
  readonly name: string | null;
  readonly query: PageQuery;
  readonly by: RunDimension;
}) {
  const t = useTranslations("Agents");
  const rows = pageHref("/events", narrowed(query, by, name));
  if (name === null) return <RowName name={t(`unknown.${by}`)} href={rows} isKnown={false} />;
  const path = `/agents/${encodeURIComponent(name)}`;
  return <RowName name={name} href={pageHref(path, query, ofPairs(by))} rowsHref={rows} />;
}

/** What runs of an agent cost; a lower bound where calls of any of them have no price. */
function RunCost({ usd, of }: { readonly usd: Usd; readonly of: RunStats }) {
  return <Amount usd={usd} unpricedCalls={of.unpricedCalls} compact />;
}
