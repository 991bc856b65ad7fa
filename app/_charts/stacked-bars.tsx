"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  Rectangle,
  ReferenceDot,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatCompact } from "#app/_format/format-count.ts";
import { formatUsdTick } from "#app/_format/format-usd.ts";
import { AMOUNT_AXIS, DAY_AXIS, MARK } from "./axes.ts";
import type { ChartData, ChartMarker } from "./chart-data.ts";
import { InBrowser } from "./in-browser.tsx";

export const CHART_HEIGHT = 260;

/**
 * Bars over time, one segment per series. Segments are a pixel apart,
 * so that neighbours are told apart without their colours; a bar whose time is
 * not over is hatched. A bar opens what is behind it, as its total in the table does.
 */
export function StackedBars(chart: {
  readonly data: ChartData;
  readonly description: string;
  readonly markers?: readonly ChartMarker[];
}) {
  return (
    <InBrowser fallback={<div className="skeleton h-65 w-full" />}>
      {() => <Bars {...chart} />}
    </InBrowser>
  );
}

function Bars({ data, description, markers = [] }: Parameters<typeof StackedBars>[0]) {
  const locale = useLocale();
  const router = useRouter();
  const rows = data.points.map((point, index) => ({
    index,
    partial: point.partial,
    ...point.heights,
  }));
  return (
    <BarChart
      responsive
      data={rows}
      style={{ width: "100%", height: CHART_HEIGHT }}
      margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      barCategoryGap="18%"
      maxBarSize={44}
      title={description}
      className="[&_.recharts-surface]:cursor-pointer"
      onClick={({ activeLabel }) => {
        const href = data.points[Number(activeLabel)]?.href;
        if (activeLabel !== undefined && href !== undefined) router.push(href);
      }}
    >
      <defs>
        <pattern
          id="so-far"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="2" height="5" fill="var(--surface)" fillOpacity="0.55" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        {...DAY_AXIS}
        dataKey="index"
        tickFormatter={(index: number) => data.points[index]?.label ?? ""}
      />
      <YAxis
        {...AMOUNT_AXIS}
        tickFormatter={(value: number) =>
          data.unit === "usd" ? formatUsdTick(value, locale) : formatCompact(value, locale)
        }
        allowDecimals={data.unit === "usd"}
      />
      <Tooltip
        cursor={{ fill: "var(--hover)" }}
        isAnimationActive={false}
        content={({ active, label }) =>
          active ? <Reading data={data} index={Number(label)} /> : null
        }
      />
      {data.series.map((series, index) => (
        <Bar
          key={series.label}
          dataKey={String(index)}
          name={series.label}
          stackId="all"
          fill={series.color}
          isAnimationActive={false}
          shape={Segment}
        />
      ))}
      {markers.map(({ id, index }) => (
        <ReferenceDot key={id} x={index} y={topOf(data, index)} r={4} {...MARK} />
      ))}
    </BarChart>
  );
}

/** The height of a whole bar. */
function topOf({ points }: ChartData, index: number): number {
  return points[index]?.heights.reduce((sum, height) => sum + height, 0) ?? 0;
}

function Segment({ x = 0, y = 0, width = 0, height = 0, fill, payload }: BarShapeProps) {
  if (height <= 0 || width <= 0) return null;
  const box = { x, y, width, height: height > 2 ? height - 1 : height, radius: 1 };
  return (
    <g>
      <Rectangle {...box} {...(fill && { fill })} />
      {payload?.partial && <Rectangle {...box} fill="url(#so-far)" />}
    </g>
  );
}

/** What one bar is made of, dearest first. */
function Reading({ data, index }: { readonly data: ChartData; readonly index: number }) {
  const t = useTranslations("Chart");
  const point = data.points[index];
  if (point === undefined) return null;
  const lines = data.series
    .map((series, place) => ({ ...series, height: point.heights[place] ?? 0, place }))
    .filter((line) => line.height !== 0)
    .sort((a, b) => b.height - a.height);
  return (
    <div className="min-w-44 rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-black/10 shadow-lg">
      <p className="mb-1.5 flex justify-between gap-6 font-medium">
        <span>
          {point.label}
          {point.partial && <span className="text-muted"> {t("soFar")}</span>}
        </span>
        <span className="figures text-right">
          {point.total}
          {point.also !== null && (
            <span className="block font-normal text-muted">{point.also}</span>
          )}
        </span>
      </p>
      {lines.map((line) => (
        <p key={line.place} className="flex items-center gap-2 leading-5">
          <span className="size-2 rounded-sm" style={{ background: line.color }} />
          <span className="text-muted">{line.label}</span>
          <span className="figures ml-auto pl-4">{point.amounts[line.place]}</span>
        </p>
      ))}
    </div>
  );
}
