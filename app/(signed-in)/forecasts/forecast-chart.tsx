"use client";

import { useLocale, useTranslations } from "next-intl";
import {
  Area,
  Bar,
  CartesianGrid,
  Cell as ChartCell,
  ComposedChart,
  Line,
  ReferenceDot,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { AMOUNT_AXIS, BAND, DAY_AXIS, MARK } from "#app/_charts/axes.ts";
import { Reading } from "#app/_charts/reading.tsx";
import { formatBudgetTick } from "#app/_format/format-budget.ts";
import type { ForecastPoint } from "./chart-points.ts";

/** Spent days as bars, the running one pale; the days ahead as a cone of 50, 80 and 95 %. */
export function ForecastChart({
  points,
  marks,
  unit,
  description,
}: {
  readonly points: readonly ForecastPoint[];
  readonly marks: readonly { readonly id: string; readonly date: string; readonly at: string }[];
  readonly unit: string;
  readonly description: string;
}) {
  const locale = useLocale();
  const heights = new Map(points.map(({ date, actual }) => [date, actual]));
  return (
    <ComposedChart
      responsive
      data={points as ForecastPoint[]}
      style={{ width: "100%", height: 300 }}
      margin={{ top: 16, right: 12, bottom: 0, left: 0 }}
      barCategoryGap="20%"
      title={description}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis {...DAY_AXIS} />
      <YAxis
        {...AMOUNT_AXIS}
        tickFormatter={(value: number) => formatBudgetTick(value, unit, locale)}
      />
      <Tooltip
        cursor={{ stroke: "var(--line-strong)" }}
        isAnimationActive={false}
        content={({ active, payload }) => {
          const point: unknown = payload?.[0]?.payload;
          return active && isPoint(point) ? <PointReading point={point} /> : null;
        }}
      />
      <Area dataKey="band95" {...BAND} fillOpacity={0.1} />
      <Area dataKey="band80" {...BAND} fillOpacity={0.16} />
      <Area dataKey="band50" {...BAND} fillOpacity={0.24} />
      <Bar dataKey="actual" maxBarSize={18} isAnimationActive={false}>
        {points.map(({ date, isRunning }) => (
          <ChartCell key={date} fill="var(--chart-1)" fillOpacity={isRunning ? 0.45 : 0.9} />
        ))}
      </Bar>
      <Line
        dataKey="expected"
        stroke="var(--chart-1)"
        strokeWidth={2}
        strokeDasharray="4 3"
        dot={false}
        isAnimationActive={false}
      />
      {marks.map(({ id, date, at }) => (
        <ReferenceDot key={id} x={at} y={heights.get(date) ?? 0} r={4} {...MARK} />
      ))}
    </ComposedChart>
  );
}

function isPoint(value: unknown): value is ForecastPoint {
  return typeof value === "object" && value !== null && "date" in value && "band95" in value;
}

function PointReading({ point }: { readonly point: ForecastPoint }) {
  const t = useTranslations("Forecasts");
  const lines = [
    [t(point.isRunning ? "soFar" : "spent"), point.actualText],
    [t("expected"), point.expectedText],
    [t("band", { level: 50 }), point.texts?.[50] ?? null],
    [t("band", { level: 80 }), point.texts?.[80] ?? null],
    [t("band", { level: 95 }), point.texts?.[95] ?? null],
  ] as const;
  return <Reading title={point.label} lines={lines} />;
}
