"use client";

import { useTranslations } from "next-intl";
import { memo, useDeferredValue, useState } from "react";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { BarsOverTime } from "./bars-over-time.tsx";
import type { ChartData, ChartMarker } from "./chart-data.ts";
import { MarkerList } from "./marker-list.tsx";
import { TableSwitch } from "./table-switch.tsx";

/** Spend over time as bars, with a legend that carries the totals, or as a table of the same figures. */
export function SpendChart({
  data,
  description,
  markers = NONE,
}: {
  readonly data: ChartData;
  readonly description: string;
  readonly markers?: readonly ChartMarker[];
}) {
  const [asTable, setAsTable] = useState(false);
  // The button answers at once; what it asks for may take a frame or two.
  const isTable = useDeferredValue(asTable);
  return (
    <div className="flex flex-col gap-3 px-4 pt-3 pb-4">
      <div className="flex items-start gap-3">
        <ul className="flex min-w-0 flex-1 flex-wrap gap-x-4 gap-y-1 text-xs">
          {data.series.map((series) => (
            <li key={series.label} className="flex min-w-0 items-center gap-1.5">
              <span className="size-2.5 shrink-0 rounded-sm" style={{ background: series.color }} />
              <span className="truncate text-muted">{series.label}</span>
              <span className="figures">
                <FigureLink href={series.href}>{series.total}</FigureLink>
              </span>
            </li>
          ))}
        </ul>
        <TableSwitch asTable={asTable} onSwitch={setAsTable} />
      </div>
      <Figures asTable={isTable} data={data} description={description} markers={markers} />
      {markers.length > 0 && (
        <MarkerList
          marks={markers.map(({ id, index, label }) => ({
            ...{ id, label },
            at: data.points[index]?.label ?? "",
          }))}
        />
      )}
    </div>
  );
}

const NONE: readonly ChartMarker[] = [];

/** Not made again for the button. */
const Figures = memo(function Figures({
  asTable,
  data,
  description,
  markers,
}: {
  readonly asTable: boolean;
  readonly data: ChartData;
  readonly description: string;
  readonly markers: readonly ChartMarker[];
}) {
  return asTable ? (
    <ChartTable data={data} description={description} />
  ) : (
    <BarsOverTime data={data} description={description} markers={markers} />
  );
});

function ChartTable({
  data,
  description,
}: {
  readonly data: ChartData;
  readonly description: string;
}) {
  const t = useTranslations("Chart");
  return (
    <div className="-mx-4 h-65 overflow-auto">
      <Table caption={description}>
        <thead className="sticky top-0 bg-surface">
          <tr>
            <HeadCell>{t("time")}</HeadCell>
            {data.series.map((series) => (
              <HeadCell key={series.label} numeric>
                {series.label}
              </HeadCell>
            ))}
            <HeadCell numeric>{t("total")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {data.points.map((point, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two hours of a day may share a label when the clocks go back
            <Row key={index}>
              <RowHead className="whitespace-nowrap">
                {point.label}
                {point.partial && <span className="text-muted"> {t("soFar")}</span>}
              </RowHead>
              {point.amounts.map((amount, place) => (
                <Cell key={data.series[place]?.label} numeric>
                  {amount}
                </Cell>
              ))}
              <Cell numeric>
                <FigureLink href={point.href}>{point.total}</FigureLink>
                {point.also !== null && (
                  <span className="block text-muted text-xs">{point.also}</span>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
