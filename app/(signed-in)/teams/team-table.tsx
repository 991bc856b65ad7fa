"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "#app/_components/count.tsx";
import { DataTable } from "#app/_components/data-table/data-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { RowName } from "#app/_components/row-name.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { SpendShare } from "#app/_components/spend-share.tsx";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { Change } from "../explore/change.tsx";

/** One team's line, with its budget as it is shown. */
export type TeamLine = {
  readonly slug: string;
  readonly name: string;
  readonly parent: string | null;
  readonly measures: Measures;
  readonly before: Measures;
  readonly budget: ReactNode;
  /** What the order is by: spent of the limit in millionths. */
  readonly budgetUsed: bigint | null;
};

/** Every team with what it spent, against its budget and the period before. */
export function TeamTable({
  lines,
  total,
  totalBefore,
  query,
  csvHref,
}: {
  readonly lines: readonly TeamLine[];
  readonly total: Measures;
  readonly totalBefore: Measures;
  readonly query: PageQuery;
  readonly csvHref: string;
}) {
  const t = useTranslations("TeamPages");
  const columns: TableColumn<TeamLine>[] = [
    {
      id: "team",
      label: t("team"),
      className: "max-w-72",
      sortBy: ({ name }) => name,
      cell: (line) => <TeamName line={line} query={query} />,
      total: t("total"),
    },
    {
      id: "budget",
      label: t("budget"),
      from: "md",
      className: "w-1/4",
      sortBy: ({ budgetUsed }) => budgetUsed ?? undefined,
      cell: ({ budget }) => budget,
    },
    {
      id: "spend",
      label: t("spend"),
      numeric: true,
      sortBy: ({ measures }) => measures.cost,
      cell: ({ slug, measures }) => <Spend measures={measures} query={ofTeam(query, slug)} />,
      total: <Spend measures={total} query={query} />,
    },
    {
      id: "change",
      label: t("change"),
      numeric: true,
      sortBy: ({ measures, before }) => measures.cost - before.cost,
      cell: ({ measures, before }) => <Change now={measures.cost} before={before.cost} isMoney />,
      total: <Change now={total.cost} before={totalBefore.cost} isMoney />,
    },
    {
      id: "share",
      label: t("share"),
      numeric: true,
      from: "md",
      cell: ({ measures }) => <SpendShare measures={measures} total={total} />,
    },
    {
      id: "unpriced",
      label: t("unpriced"),
      numeric: true,
      from: "md",
      sortBy: ({ measures }) => measures.unpricedCalls,
      cell: ({ measures }) => <Unpriced calls={measures.unpricedCalls} />,
      total: <Unpriced calls={total.unpricedCalls} />,
    },
  ];
  return (
    <DataTable
      title={t("title")}
      note={t("tableNote")}
      csvHref={csvHref}
      columns={columns}
      rows={lines}
      keyOf={keyOf}
      firstSort={{ id: "spend", desc: true }}
    />
  );
}

function keyOf({ slug }: TeamLine): string {
  return slug;
}

function TeamName({
  line: { slug, name, parent },
  query,
}: {
  readonly line: TeamLine;
  readonly query: PageQuery;
}) {
  const t = useTranslations("TeamPages");
  const rows = pageHref("/events", ofTeam(query, slug));
  if (slug === UNALLOCATED) return <RowName name={t("unallocated")} href={rows} isKnown={false} />;
  return (
    <RowName
      name={name}
      href={pageHref(`/teams/${encodeURIComponent(slug)}`, { ...query, filters: {} })}
      rowsHref={rows}
      note={parent && t("in", { team: parent })}
    />
  );
}

function ofTeam(query: PageQuery, slug: string): PageQuery {
  return { ...query, filters: { ...query.filters, team: [slug] } };
}

function Unpriced({ calls }: { readonly calls: number }) {
  return (
    <span className={calls > 0 ? "text-warn" : "text-faint"}>
      <Count value={calls} />
    </span>
  );
}
