"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Bar, BarChart, type BarShapeProps, Rectangle, Tooltip, XAxis, YAxis } from "recharts";
import type { AmountScale } from "./amount-scale.ts";
import { PLOT_HEIGHT } from "./bars-frame.tsx";
import type { ChartData } from "./chart-data.ts";

/**
 * Bars over time with their readings, over the axes of BarsFrame: one segment
 * per series, a pixel apart, so that neighbours are told apart without their
 * colours; a bar whose time is not over is hatched. A bar opens what is behind
 * it, as its total in the table does.
 *
 * @param onDrawn Told when it is there, and when it is gone.
 */
export function StackedBars({
  data,
  description,
  scale,
  isFocused,
  onDrawn,
}: {
  readonly data: ChartData;
  readonly description: string;
  readonly scale: AmountScale;
  /** Takes the focus that the picture had. */
  readonly isFocused: () => boolean;
  readonly onDrawn: (isDrawn: boolean) => void;
}) {
  const router = useRouter();
  const rows = data.points.map((point, index) => ({
    index,
    partial: point.partial,
    ...point.heights,
  }));
  return (
    <div className="absolute inset-x-0 top-0 ml-14 mr-1">
      <BarChart
        responsive
        data={rows}
        style={{ width: "100%", height: ABOVE + PLOT_HEIGHT }}
        margin={{ top: ABOVE, right: 0, bottom: 0, left: 0 }}
        barCategoryGap="18%"
        maxBarSize={44}
        title={description}
        className="[&_.recharts-surface]:cursor-pointer"
        onClick={({ activeLabel }) => {
          const href = data.points[Number(activeLabel)]?.href;
          if (activeLabel !== undefined && href !== undefined) router.push(href);
        }}
      >
        <Arrival isFocused={isFocused} onDrawn={onDrawn} />
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
        <XAxis dataKey="index" hide />
        <YAxis domain={[scale.low, scale.high]} hide />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          wrapperStyle={{ zIndex: 10 }}
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
      </BarChart>
    </div>
  );
}

/** Is in the chart as soon as its bars are, which have to be measured first. */
function Arrival({
  isFocused,
  onDrawn,
}: Pick<Parameters<typeof StackedBars>[0], "isFocused" | "onDrawn">) {
  const place = useRef<SVGGElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it takes the picture's place
  useEffect(() => {
    if (isFocused()) place.current?.ownerSVGElement?.focus();
    onDrawn(true);
    return () => onDrawn(false);
  }, []);
  return <g ref={place} />;
}

/** Room for a bar that reaches the top. */
const ABOVE = 8;

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
