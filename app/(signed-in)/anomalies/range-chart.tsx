"use client";

import { useLocale } from "next-intl";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  type DotItemDotProps,
  Line,
  ReferenceArea,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatUsdTick } from "#app/_format/format-usd.ts";

export type RangePoint = {
  readonly label: string;
  readonly actual: number | null;
  /** Expected range; null where there is none yet. */
  readonly range: readonly [number, number] | null;
  readonly isOdd: boolean;
};

const BAND = {
  stroke: "none",
  fill: "var(--chart-1)",
  fillOpacity: 0.16,
  isAnimationActive: false,
  activeDot: false,
} as const;
const AXIS = { tickLine: false, tick: { fill: "var(--faint)", fontSize: 12 } } as const;

/** Spend by day or hour, with what was expected as a band and the odd days marked. */
export function RangeChart({
  points,
  description,
}: {
  readonly points: readonly RangePoint[];
  readonly description: string;
}) {
  const locale = useLocale();
  const rows = points.map((point, index) => ({ ...point, index }));
  return (
    <ComposedChart
      responsive
      data={rows}
      style={{ width: "100%", height: 260 }}
      margin={{ top: 12, right: 12, bottom: 0, left: 0 }}
      title={description}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="index"
        tickFormatter={(index: number) => points[index]?.label ?? ""}
        axisLine={{ stroke: "var(--line-strong)" }}
        minTickGap={28}
        {...AXIS}
      />
      <YAxis
        width={56}
        domain={[0, "auto"]}
        tickFormatter={(value: number) => formatUsdTick(value, locale)}
        axisLine={false}
        {...AXIS}
      />
      <Tooltip
        cursor={{ stroke: "var(--line-strong)" }}
        isAnimationActive={false}
        content={({ active, label }) => {
          const point = points[Number(label)];
          return active && point !== undefined ? <Reading point={point} locale={locale} /> : null;
        }}
      />
      {rows
        .filter(({ isOdd }) => isOdd)
        .map(({ index }) => (
          <ReferenceArea
            key={index}
            x1={Math.max(0, index - 0.5)}
            x2={index + 0.5}
            fill="var(--danger)"
            fillOpacity={0.12}
            ifOverflow="hidden"
          />
        ))}
      <Area dataKey="range" {...BAND} />
      <Line
        dataKey="actual"
        stroke="var(--chart-1)"
        strokeWidth={2}
        isAnimationActive={false}
        dot={OddDot}
      />
    </ComposedChart>
  );
}

function OddDot({ cx, cy, payload, index }: DotItemDotProps) {
  if (!(payload as RangePoint).isOdd) return <g key={index} />;
  return <circle key={index} cx={cx} cy={cy} r={4} fill="var(--danger)" />;
}

function Reading({ point, locale }: { readonly point: RangePoint; readonly locale: string }) {
  const { label, actual, range } = point;
  return (
    <div className="rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-black/10 shadow-lg">
      <p className="font-medium">{label}</p>
      <p className="figures">{actual === null ? "–" : formatUsdTick(actual, locale)}</p>
      {range !== null && (
        <p className="figures text-muted">
          {formatUsdTick(range[0], locale)} – {formatUsdTick(range[1], locale)}
        </p>
      )}
    </div>
  );
}
