"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, useDeferredValue, useState } from "react";
import { TableSwitch } from "#app/_charts/table-switch.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { KpiName } from "#lib/kpis/kpi.ts";
import { monthHref } from "./month-href.ts";

/** A key figure over months; null where nothing could be said. */
export type KpiTrend = {
  readonly name: KpiName;
  readonly title: string;
  readonly points: readonly {
    readonly month: string;
    readonly label: string;
    readonly value: number | null;
    readonly text: string | null;
  }[];
};

/** The chart library is large: only a page with a chart asks for it, beside its own scripts. */
const TrendLine = dynamic(() => import("./trend-line.tsx").then((file) => file.TrendLine), {
  loading: () => <div className="skeleton h-24 w-full" />,
});

/** One small line for each figure, or all of them as a table. */
export function KpiTrends({ trends }: { readonly trends: readonly KpiTrend[] }) {
  const [asTable, setAsTable] = useState(false);
  // The button answers at once; eight charts take longer.
  const isTable = useDeferredValue(asTable);
  return (
    <div className="flex flex-col gap-3 px-4 pt-3 pb-4">
      <TableSwitch asTable={asTable} onSwitch={setAsTable} />
      <Figures asTable={isTable} trends={trends} />
    </div>
  );
}

/** Not made again for the button. */
const Figures = memo(function Figures({
  asTable,
  trends,
}: {
  readonly asTable: boolean;
  readonly trends: readonly KpiTrend[];
}) {
  return asTable ? <TrendTable trends={trends} /> : <TrendGrid trends={trends} />;
});

function TrendGrid({ trends }: { readonly trends: readonly KpiTrend[] }) {
  const t = useTranslations("Kpis");
  return (
    <ul className="grid gap-x-6 gap-y-5 sm:grid-cols-2 xl:grid-cols-4">
      {trends.map((trend) => {
        const told = trend.points.findLast(({ text }) => text !== null);
        return (
          <li key={trend.name} className="min-w-0">
            <p className="flex items-baseline justify-between gap-3 text-xs">
              <span className="truncate text-muted">{trend.title}</span>
              {told && (
                <span className="figures font-medium">
                  <FigureLink href={monthHref(told.month)}>{told.text}</FigureLink>
                </span>
              )}
            </p>
            {told ? (
              <TrendLine trend={trend} />
            ) : (
              <p className="flex h-24 items-center text-faint text-xs">{t("noTrend")}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function TrendTable({ trends }: { readonly trends: readonly KpiTrend[] }) {
  const t = useTranslations("Kpis");
  const [first] = trends;
  return (
    <div className="-mx-4">
      <Table caption={t("trends")}>
        <thead>
          <tr>
            <HeadCell>{t("monthOf")}</HeadCell>
            {trends.map(({ name, title }) => (
              <HeadCell key={name} numeric>
                {title}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {first?.points.map(({ month, label }, place) => (
            <Row key={month}>
              <RowHead className="whitespace-nowrap">{label}</RowHead>
              {trends.map(({ name, points }) => {
                const text = points[place]?.text ?? null;
                return (
                  <Cell key={name} numeric>
                    <FigureLink href={text === null ? null : monthHref(month)}>
                      {text ?? "–"}
                    </FigureLink>
                  </Cell>
                );
              })}
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
