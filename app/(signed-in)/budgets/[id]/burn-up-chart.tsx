"use client";

import { useLocale, useTranslations } from "next-intl";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatBudgetTick } from "#app/_format/format-budget.ts";
import type { BurnUp, BurnUpPoint } from "./burn-up-data.ts";

const LINES = [
  { dataKey: "pace", stroke: "var(--faint)", strokeDasharray: "5 4", activeDot: false },
  { dataKey: "expected", stroke: "var(--chart-1)", strokeWidth: 1.5, strokeDasharray: "3 3" },
  { dataKey: "spent", stroke: "var(--chart-1)", strokeWidth: 2.5 },
] as const;

const BAND = {
  stroke: "none",
  fill: "var(--chart-1)",
  fillOpacity: 0.16,
  isAnimationActive: false,
  activeDot: false,
} as const;

const TICK = { fill: "var(--faint)", fontSize: 12 };

/** What is spent since the period's start, against the pace and the limit, and where it is heading. */
export function BurnUpChart({
  data,
  description,
}: {
  readonly data: BurnUp;
  readonly description: string;
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
      <XAxis
        dataKey="label"
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
        tick={TICK}
        minTickGap={28}
      />
      <YAxis
        width={56}
        domain={[0, "auto"]}
        tickFormatter={(value: number) => formatBudgetTick(value, unit, locale)}
        tickLine={false}
        axisLine={false}
        tick={TICK}
      />
      <Tooltip
        cursor={{ stroke: "var(--line-strong)" }}
        isAnimationActive={false}
        content={({ active, payload }) => {
          const point: unknown = payload?.[0]?.payload;
          return active && isPoint(point) ? <Reading point={point} /> : null;
        }}
      />
      <Area dataKey="band" {...BAND} />
      {ticks.map(({ percent, at }) => (
        <ReferenceLine
          key={percent}
          y={at}
          stroke="var(--line-strong)"
          strokeDasharray="2 4"
          label={{ value: `${percent} %`, position: "right", ...TICK }}
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
      {points.length === 1 && <Line dataKey="spent" stroke="var(--chart-1)" dot />}
    </ComposedChart>
  );
}

function isPoint(value: unknown): value is BurnUpPoint {
  return typeof value === "object" && value !== null && "label" in value && "pace" in value;
}

function Reading({ point }: { readonly point: BurnUpPoint }) {
  const t = useTranslations("Budgets");
  const lines = [
    [t("spent"), point.spentText],
    [t("forecast"), point.expectedText],
    [t("band"), point.bandText],
  ] as const;
  return (
    <div className="min-w-44 rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-black/10 shadow-lg">
      <p className="mb-1 font-medium">{point.label}</p>
      {lines.map(
        ([name, value]) =>
          value !== null && (
            <p key={name} className="flex justify-between gap-6 leading-5">
              <span className="text-muted">{name}</span>
              <span className="figures">{value}</span>
            </p>
          ),
      )}
    </div>
  );
}
