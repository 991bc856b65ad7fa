"use client";

import dynamic from "next/dynamic";
import { useLocale } from "next-intl";
import { useRef, useState } from "react";
import { amountScale } from "./amount-scale.ts";
import { BarsFrame, PLOT_HEIGHT } from "./bars-frame.tsx";
import { BarsPicture } from "./bars-picture.tsx";
import type { ChartData, ChartMarker } from "./chart-data.ts";

/** The chart library is two thirds of what all else of a page weighs: only who comes near asks for it. */
const StackedBars = dynamic(() => import("./stacked-bars.tsx").then((file) => file.StackedBars), {
  ssr: false,
});

/**
 * Bars over time. They come as a picture with the page; when a pointer, a finger
 * or the focus comes near, the chart library takes its place, with readings.
 */
export function BarsOverTime({
  data,
  description,
  markers,
}: {
  readonly data: ChartData;
  readonly description: string;
  readonly markers: readonly ChartMarker[];
}) {
  const locale = useLocale();
  const [isNear, setNear] = useState(false);
  const [isDrawn, setDrawn] = useState(false);
  const totals = data.points.flatMap(({ heights }) => sumsOf(heights));
  const scale = amountScale(totals, data.unit === "count");
  const near = () => setNear(true);
  const picture = useRef<HTMLDivElement>(null);
  return (
    <BarsFrame data={data} scale={scale} markers={markers} locale={locale}>
      {!isDrawn && (
        <div
          className="absolute inset-x-0 top-2 ml-14 mr-1"
          style={{ height: PLOT_HEIGHT }}
          onPointerEnter={near}
          onTouchStart={near}
        >
          <div
            ref={picture}
            role="img"
            aria-label={description}
            className="pointer-events-none absolute inset-0"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: with the focus on it, it turns into the chart with its readings
            tabIndex={0}
            onFocus={near}
          />
          <BarsPicture data={data} scale={scale} />
        </div>
      )}
      {isNear && (
        <StackedBars
          data={data}
          description={description}
          scale={scale}
          isFocused={() => picture.current === document.activeElement}
          onDrawn={setDrawn}
        />
      )}
    </BarsFrame>
  );
}

/** How high a bar is after each of its parts. */
function sumsOf(heights: readonly number[]): number[] {
  let sum = 0;
  return heights.map((height) => {
    sum += height;
    return sum;
  });
}
