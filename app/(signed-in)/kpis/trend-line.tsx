"use client";

import { useTranslations } from "next-intl";
import { Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { TICK } from "#app/_charts/axes.ts";
import { InBrowser } from "#app/_charts/in-browser.tsx";
import { Reading } from "#app/_charts/reading.tsx";
import type { KpiTrend } from "./kpi-trends.tsx";

/** A figure's months as one line; a month without the figure is a gap. */
export function TrendLine({ trend }: { readonly trend: KpiTrend }) {
  return (
    <InBrowser fallback={<div className="skeleton h-24 w-full" />}>
      {() => <Months {...trend} />}
    </InBrowser>
  );
}

function Months({ title, points }: KpiTrend) {
  const t = useTranslations("Kpis");
  const values = points.flatMap(({ value }) => value ?? []);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // A figure that stays as it is lies in the middle; no axis makes much of a little.
  const room = Math.max((most - least) / 4, Math.abs(most) / 50, 0.005);
  return (
    <LineChart
      responsive
      data={points as KpiTrend["points"][number][]}
      style={{ width: "100%", height: 96 }}
      margin={{ top: 8, right: 6, bottom: 0, left: 6 }}
      title={title}
    >
      <XAxis
        dataKey="label"
        ticks={[points[0]?.label ?? "", points.at(-1)?.label ?? ""]}
        interval={0}
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
        tick={<EndTick />}
        height={20}
      />
      <YAxis hide domain={[least - room, most + room]} />
      {least < 0 && most > 0 && <ReferenceLine y={0} stroke="var(--line)" />}
      <Tooltip
        cursor={{ stroke: "var(--line-strong)" }}
        isAnimationActive={false}
        content={({ active, label }) => {
          const point = points.find((each) => each.label === label);
          return active && point ? (
            <Reading title={point.label} lines={[[title, point.text ?? t("unknown")]]} />
          ) : null;
        }}
      />
      <Line
        dataKey="value"
        stroke="var(--chart-1)"
        strokeWidth={1.5}
        dot={{ r: 2, fill: "var(--chart-1)", strokeWidth: 0 }}
        isAnimationActive={false}
      />
    </LineChart>
  );
}

/** The first month begins and the last one ends where the line does. */
function EndTick({
  x = 0,
  y = 0,
  index = 0,
  payload,
}: {
  readonly x?: number;
  readonly y?: number;
  readonly index?: number;
  readonly payload?: { readonly value: string };
}) {
  return (
    <text {...{ x, y, ...TICK }} dy={12} textAnchor={index === 0 ? "start" : "end"}>
      {payload?.value}
    </text>
  );
}
