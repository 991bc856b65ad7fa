"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatCompact } from "#app/_format/format-count.ts";
import { formatUsdTick } from "#app/_format/format-usd.ts";
import type { ChartData, ChartMarker } from "./chart-data.ts";
import { axisTicks, labelStep } from "./scale.ts";

/** Names under the bars that a wide chart and a phone have room for. */
const ROOM = { wide: 12, narrow: 5 } as const;
const SO_FAR = "repeating-linear-gradient(45deg, var(--surface) 0 2px, transparent 2px 5px)";

/**
 * Bars over time, one segment per series, drawn by the server already. Segments
 * are a pixel apart, so that neighbours are told apart without their colours; a
 * bar whose time is not over is hatched.
 */
export function StackedBars({
  data,
  description,
  markers = [],
}: {
  readonly data: ChartData;
  readonly description: string;
  readonly markers?: readonly ChartMarker[];
}) {
  const locale = useLocale();
  const [pointed, setPointed] = useState<number | null>(null);
  const totals = data.points.map(({ heights }) => heights.reduce((sum, each) => sum + each, 0));
  const ticks = axisTicks(Math.max(0, ...totals), data.unit === "count");
  const top = ticks.at(-1) ?? 1;
  const shareOf = (value: number) => `${(100 * value) / top}%`;
  const format = data.unit === "usd" ? formatUsdTick : formatCompact;
  return (
    <div
      role="img"
      aria-label={description}
      className="grid h-full grid-cols-[3.25rem_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_1.5rem] pt-2"
      onPointerLeave={() => setPointed(null)}
    >
      <div className="relative text-faint text-xs">
        {ticks.map((tick) => (
          <span
            key={tick}
            className="figures absolute right-2 translate-y-1/2 leading-none"
            style={{ bottom: shareOf(tick) }}
          >
            {format(tick, locale)}
          </span>
        ))}
      </div>
      <div className="relative">
        {ticks.map((tick) => (
          <span
            key={tick}
            className={`absolute inset-x-0 border-t ${tick === 0 ? "border-line-strong" : "border-line"}`}
            style={{ bottom: shareOf(tick) }}
          />
        ))}
        <div className="absolute inset-0 flex">
          {data.points.map((_, index) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: bars stand in the order of time
              key={index}
              className={`flex min-w-0 flex-1 justify-center ${pointed === index ? "bg-hover" : ""}`}
              onPointerEnter={() => setPointed(index)}
            >
              <Bar data={data} index={index} shareOf={shareOf} />
            </div>
          ))}
        </div>
        {markers.map(({ id, index }) => (
          <span
            key={id}
            className="-translate-x-1/2 absolute size-2.5 translate-y-1/2 rounded-full border border-surface bg-danger"
            style={{ left: placeOf(index, totals.length), bottom: shareOf(totals[index] ?? 0) }}
          />
        ))}
        {pointed !== null && <Reading data={data} index={pointed} />}
      </div>
      <Names data={data} />
    </div>
  );
}

function Bar({
  data,
  index,
  shareOf,
}: {
  readonly data: ChartData;
  readonly index: number;
  readonly shareOf: (value: number) => string;
}) {
  const point = data.points[index];
  return (
    <div className="flex h-full w-[82%] max-w-11 flex-col-reverse">
      {data.series.map((series, place) => {
        const height = point?.heights[place] ?? 0;
        return (
          height > 0 && (
            <span
              key={series.label}
              className="shrink-0 rounded-[1px] border-transparent border-t bg-clip-padding"
              style={{
                height: shareOf(height),
                backgroundColor: series.color,
                ...(point?.partial && { backgroundImage: SO_FAR }),
              }}
            />
          )
        );
      })}
    </div>
  );
}

/** The times under the bars, as many as there is room for. */
function Names({ data: { points } }: { readonly data: ChartData }) {
  const wide = labelStep(points.length, ROOM.wide);
  const narrow = wide * labelStep(Math.ceil(points.length / wide), ROOM.narrow);
  return (
    <div className="relative col-start-2 text-faint text-xs" aria-hidden>
      {points.map(
        ({ label }, index) =>
          index % wide === 0 && (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: bars stand in the order of time
              key={index}
              className={`-translate-x-1/2 absolute top-1.5 whitespace-nowrap ${index % narrow === 0 ? "" : "max-sm:hidden"}`}
              style={{ left: placeOf(index, points.length) }}
            >
              {label}
            </span>
          ),
      )}
    </div>
  );
}

/** The middle of a bar. */
function placeOf(index: number, bars: number): string {
  return `${(100 * (index + 0.5)) / bars}%`;
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
  const isLate = index >= data.points.length / 2;
  return (
    <div
      className={`pointer-events-none absolute top-2 z-10 mx-6 min-w-44 rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-black/10 shadow-lg ${isLate ? "-translate-x-[calc(100%+3rem)]" : ""}`}
      style={{ left: placeOf(index, data.points.length) }}
    >
      <p className="mb-1.5 flex justify-between gap-6 whitespace-nowrap font-medium">
        <span>
          {point.label}
          {point.partial && <span className="text-muted"> {t("soFar")}</span>}
        </span>
        <span className="figures">{point.total}</span>
      </p>
      {lines.map((line) => (
        <p key={line.place} className="flex items-center gap-2 leading-5">
          <span className="size-2 shrink-0 rounded-sm" style={{ background: line.color }} />
          <span className="max-w-48 truncate text-muted">{line.label}</span>
          <span className="figures ml-auto pl-4">{point.amounts[line.place]}</span>
        </p>
      ))}
    </div>
  );
}
