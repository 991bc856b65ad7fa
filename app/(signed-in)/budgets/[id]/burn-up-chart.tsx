"use client";

import { useLocale, useTranslations } from "next-intl";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceDot,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { AMOUNT_AXIS, BAND, DAY_AXIS, MARK, TICK } from "#app/_charts/axes.ts";
import { Reading } from "#app/_charts/reading.tsx";
import { formatBudgetTick } from "#app/_format/format-budget.ts";
import type { BudgetMark } from "./budget-marks.ts";
import type { BurnUp, BurnUpPoint } from "./burn-up-data.ts";

const LINES = [
  { dataKey: "pace", stroke: "var(--faint)", strokeDasharray: "5 4", activeDot: false },
  { dataKey: "expected", stroke: "var(--chart-1)", strokeWidth: 1.5, strokeDasharray: "3 3" },
  { dataKey: "spent", stroke: "var(--chart-1)", strokeWidth: 2.5 },
] as const;

/** What is spent since the period's start, against the pace and the limit, and where it is heading. */
export function BurnUpChart({
  data,
  description,
  marks,
}: {
  readonly data: BurnUp;
  readonly description: string;
  readonly marks: readonly BudgetMark[];
}) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { points, unit, limit, ticks } = data;
  return (
    <ComposedChart
      responsive
      data={points as BurnUpPoint[]}
      style={{ width: "100%", height: 300 }}
      margin={{ top: 16, right: 52, bottom: 0, left: 0 }}
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
      <Area dataKey="band" {...BAND} fillOpacity={0.16} />
      {ticks.map(({ percent, at, isSaid }) => (
        <ReferenceLine
          key={percent}
          y={at}
          stroke="var(--line-strong)"
          strokeDasharray="2 4"
          {...(isSaid && { label: { value: `${percent} %`, position: "right", ...TICK } })}
        />
      ))}
      <ReferenceLine
        y={limit}
        ifOverflow="extendDomain"
        stroke="var(--danger)"
        label={{ value: t("limit"), position: "right", fill: "var(--danger)", fontSize: 12 }}
      />
      {LINES.map((line) => (
        <Line key={line.dataKey} {...line} dot={false} isAnimationActive={false} />
      ))}
      {marks.map(({ id, index }) => (
        <ReferenceDot
          key={id}
          x={points[index]?.label ?? ""}
          y={points[index]?.spent ?? 0}
          r={4}
          {...MARK}
        />
      ))}
      {points.length === 1 && <Line dataKey="spent" stroke="var(--chart-1)" dot />}
    </ComposedChart>
  );
}

function isPoint(value: unknown): value is BurnUpPoint {
  return typeof value === "object" && value !== null && "label" in value && "pace" in value;
}

function PointReading({ point }: { readonly point: BurnUpPoint }) {
  const t = useTranslations("Budgets");
  const lines = [
    [t("spent"), point.spentText],
    [t("forecast"), point.expectedText],
    [t("band"), point.bandText],
  ] as const;
  return <Reading title={point.label} lines={lines} />;
}
