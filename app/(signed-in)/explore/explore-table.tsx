"use client";

import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { DataTable } from "#app/_components/data-table/data-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { RowName } from "#app/_components/row-name.tsx";
import { Share } from "#app/_components/share.tsx";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { Usd } from "#lib/money/money.ts";
import type { Dimension } from "#lib/reports/usage-query.ts";
import { Change } from "./change.tsx";
import type { ExploreFigure, ExploreLine } from "./explore-lines.ts";
import { type ExploreQuery, explorePairs } from "./explore-pairs.ts";
import { isMoney, type Measure } from "./measures.ts";

/** The groups of the period, each beside what it was before. */
export function ExploreTable({
  query,
  lines,
  total,
  note,
  csvHref,
}: {
  readonly query: ExploreQuery;
  readonly lines: readonly ExploreLine[];
  readonly total: ExploreLine;
  readonly note?: string | undefined;
  readonly csvHref: string;
}) {
  const t = useTranslations("Explore");
  const groups = useTranslations("Groups");
  const { groupBy, measure } = query;
  const names = groupBy.map(
    (dimension, index): TableColumn<ExploreLine> => ({
      id: dimension,
      label: groups(`names.${dimension}`),
      className: "max-w-80",
      sortBy: (line) => line.group[index] ?? undefined,
      cell: (line) => <GroupName query={query} line={line} index={index} dimension={dimension} />,
      ...(index === 0 && { total: groups("total") }),
    }),
  );
  const figures: TableColumn<ExploreLine>[] = [
    {
      ...{ id: "value", label: t(`measures.${measure}`), numeric: true },
      sortBy: ({ now }) => now.value,
      cell: ({ now }) => <Figure measure={measure} figure={now} />,
      total: <Figure measure={measure} figure={total.now} />,
    },
    {
      ...{ id: "share", label: groups("share"), numeric: true, from: "sm" },
      cell: ({ now: { value, unpricedCalls } }) => (
        <Share
          part={value}
          of={total.now.value}
          isKnown={value !== 0n || unpricedCalls === 0 || !isMoney(measure)}
        />
      ),
    },
  ];
  const compared: TableColumn<ExploreLine>[] = [
    {
      ...{ id: "before", label: t("before"), numeric: true },
      sortBy: ({ before }) => before?.value,
      cell: ({ before }) => before && <Figure measure={measure} figure={before} />,
      total: total.before && <Figure measure={measure} figure={total.before} />,
    },
    {
      ...{ id: "change", label: t("change"), numeric: true },
      sortBy: ({ now, before }) => now.value - (before?.value ?? 0n),
      cell: (line) => <LineChange line={line} measure={measure} />,
      total: <LineChange line={total} measure={measure} />,
    },
  ];
  return (
    <DataTable
      title={t("table")}
      note={note}
      csvHref={csvHref}
      columns={[...names, ...figures, ...(query.compare ? compared : [])]}
      rows={lines}
      keyOf={keyOf}
      firstSort={{ id: "value", desc: true }}
    />
  );
}

function keyOf({ group }: ExploreLine): string {
  return JSON.stringify(group);
}

function GroupName({
  query,
  line,
  index,
  dimension,
}: {
  readonly query: ExploreQuery;
  readonly line: ExploreLine;
  readonly index: number;
  readonly dimension: Dimension;
}) {
  const groups = useTranslations("Groups");
  const { filters, groupBy } = query;
  const value = line.group[index] ?? null;
  const narrowed = { ...query, filters: withFilter(filters, dimension, value) };
  // The rows behind the whole line, not behind one of its two names.
  const ofLine = groupBy.reduce(
    (all, each, place) => withFilter(all, each, line.group[place] ?? null),
    filters,
  );
  return (
    <RowName
      name={value ?? groups("unknownOf", { dimension })}
      href={pageHref("/explore", narrowed, explorePairs(query))}
      {...(index === 0 && { rowsHref: pageHref("/events", { ...query, filters: ofLine }) })}
      isKnown={value !== null}
    />
  );
}

function LineChange({ line, measure }: { readonly line: ExploreLine; readonly measure: Measure }) {
  return (
    <Change now={line.now.value} before={line.before?.value ?? 0n} isMoney={isMoney(measure)} />
  );
}

function Figure({
  measure,
  figure,
}: {
  readonly measure: Measure;
  readonly figure: ExploreFigure;
}) {
  const { value, unpricedCalls, hasNoPrice } = figure;
  if (!isMoney(measure)) return <Count value={Number(value)} />;
  if (hasNoPrice) return <span className="text-faint">–</span>;
  return <Amount usd={value as Usd} unpricedCalls={unpricedCalls} compact />;
}
