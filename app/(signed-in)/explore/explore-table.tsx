"use client";

import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { DataTable } from "#app/_components/data-table/data-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { groupName } from "#app/_components/group-name.ts";
import { RowName } from "#app/_components/row-name.tsx";
import { Share } from "#app/_components/share.tsx";
import type { Period } from "#app/_period/period.ts";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { Usd } from "#lib/money/money.ts";
import type { Dimension } from "#lib/reports/usage-query.ts";
import { behindHref, ofGroup } from "./behind-href.ts";
import { Change } from "./change.tsx";
import type { ExploreFigure, ExploreLine } from "./explore-lines.ts";
import { type ExploreQuery, explorePairs } from "./explore-pairs.ts";
import { isMoney, type Measure } from "./measures.ts";

/** The groups of the period, each beside what it was before. */
export function ExploreTable({
  query,
  lines,
  total,
  previous,
  note,
  csvHref,
}: {
  readonly query: ExploreQuery;
  readonly lines: readonly ExploreLine[];
  readonly total: ExploreLine;
  /** What the period is compared with. */
  readonly previous: Period;
  readonly note?: string | undefined;
  readonly csvHref: string;
}) {
  const t = useTranslations("Explore");
  const groups = useTranslations("Groups");
  const { groupBy, measure } = query;
  const past: ExploreQuery = { ...query, period: previous };
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
      cell: (line) => <Figure query={query} line={line} figure={line.now} />,
      total: <Figure query={query} line={total} figure={total.now} />,
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
      cell: (line) => line.before && <Figure query={past} line={line} figure={line.before} />,
      total: total.before && <Figure query={past} line={total} figure={total.before} />,
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
  const { filters } = query;
  const value = line.group[index] ?? null;
  const narrowed = { ...query, filters: withFilter(filters, dimension, value) };
  return (
    <RowName
      name={groupName(dimension, value, groups)}
      href={pageHref("/explore", narrowed, explorePairs(query))}
      {...(index === 0 && { rowsHref: pageHref("/events", ofGroup(query, line.group)) })}
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
  query,
  line,
  figure: { value, unpricedCalls, hasNoPrice },
}: {
  readonly query: ExploreQuery;
  readonly line: ExploreLine;
  readonly figure: ExploreFigure;
}) {
  const { measure } = query;
  if (isMoney(measure) && hasNoPrice) return <span className="text-faint">–</span>;
  return (
    <FigureLink href={behindHref(ofGroup(query, line.group), measure)}>
      {isMoney(measure) ? (
        <Amount usd={value as Usd} unpricedCalls={unpricedCalls} compact />
      ) : (
        <Count value={Number(value)} />
      )}
    </FigureLink>
  );
}
