import type { ReactNode } from "react";
import { formatCompact } from "#app/_format/format-count.ts";
import { formatUsdTick } from "#app/_format/format-usd.ts";
import type { AmountScale } from "./amount-scale.ts";
import { MARK } from "./axes.ts";
import type { ChartData, ChartMarker } from "./chart-data.ts";
import { labelSteps } from "./label-steps.ts";

/** Pixels between the ends of the axis of amounts. */
export const PLOT_HEIGHT = 222;

/** By how wide the chart is; see CHART_WIDTHS. */
const HIDDEN = [
  "@max-[420px]:hidden",
  "@min-[420px]:@max-[560px]:hidden",
  "@min-[560px]:@max-[760px]:hidden",
  "@min-[760px]:@max-[1000px]:hidden",
  "@min-[1000px]:hidden",
] as const;

/** The axes of bars over time, and what is marked above the bars, as the server draws it. */
export function BarsFrame({
  data,
  scale,
  markers,
  locale,
  children,
}: {
  readonly data: ChartData;
  readonly scale: AmountScale;
  readonly markers: readonly ChartMarker[];
  readonly locale: string;
  readonly children: ReactNode;
}) {
  const { points } = data;
  const steps = labelSteps(points.map(({ label }) => label));
  return (
    <div className="@container relative h-65 forced-color-adjust-none">
      <div className="absolute inset-x-0 top-2 ml-14 mr-1 text-faint text-xs" aria-hidden="true">
        <div className="relative" style={{ height: PLOT_HEIGHT }}>
          {scale.ticks.map((tick) => (
            <div
              key={tick}
              className={`absolute inset-x-0 border-t ${tick === 0 ? "border-line-strong" : "border-line"}`}
              style={{ top: PLOT_HEIGHT - heightOf(tick, scale) }}
            >
              <span className="absolute right-full -translate-y-1/2 whitespace-nowrap pr-2">
                {data.unit === "usd" ? formatUsdTick(tick, locale) : formatCompact(tick, locale)}
              </span>
            </div>
          ))}
        </div>
        <div className="flex pt-2">
          {points.map(({ label }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two hours of a day may share a label when the clocks go back
            <div key={index} className="relative h-4 min-w-0 flex-1">
              <span
                className={`absolute left-1/2 -translate-x-1/2 whitespace-nowrap ${steps
                  .map((step, range) => (index % step === 0 ? "" : HIDDEN[range]))
                  .join(" ")}`}
              >
                {label}
              </span>
            </div>
          ))}
        </div>
      </div>
      {children}
      <div className="pointer-events-none absolute inset-x-0 top-2 ml-14 mr-1" aria-hidden="true">
        {markers.map(({ id, index }) => (
          <span
            key={id}
            className="absolute size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-[1.5px]"
            style={{
              left: `${((index + 0.5) / points.length) * 100}%`,
              top: PLOT_HEIGHT - heightOf(topOf(data, index), scale),
              background: MARK.fill,
              borderColor: MARK.stroke,
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** Pixels above the axis's low end. */
export function heightOf(value: number, { low, high }: AmountScale): number {
  return ((value - low) / (high - low)) * PLOT_HEIGHT;
}

/** The height of a whole bar. */
function topOf({ points }: ChartData, index: number): number {
  return points[index]?.heights.reduce((sum, height) => sum + height, 0) ?? 0;
}
