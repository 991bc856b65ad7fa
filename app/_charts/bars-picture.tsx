import Link from "next/link";
import type { AmountScale } from "./amount-scale.ts";
import { heightOf, PLOT_HEIGHT } from "./bars-frame.tsx";
import type { ChartData } from "./chart-data.ts";

/** Bars over time without the chart library, as a page comes: each opens what is behind it. */
export function BarsPicture({
  data,
  scale,
}: {
  readonly data: ChartData;
  readonly scale: AmountScale;
}) {
  return (
    <div className="flex h-full" aria-hidden="true">
      {data.points.map((point, index) => (
        <Link
          // biome-ignore lint/suspicious/noArrayIndexKey: two hours of a day may share a label when the clocks go back
          key={index}
          href={point.href}
          prefetch={false}
          tabIndex={-1}
          className="relative min-w-0 flex-1"
        >
          <span className="absolute inset-y-0 left-[18%] w-[round(down,64%,1px)] max-w-11">
            {segmentsOf(point.heights, scale).map(({ place, top, height }) => (
              <span
                key={place}
                className={`absolute inset-x-0 rounded-[1px] ${point.partial ? "so-far" : ""}`}
                style={{ top, height, backgroundColor: data.series[place]?.color }}
              />
            ))}
          </span>
        </Link>
      ))}
    </div>
  );
}

/** The parts of a bar that can be seen, a pixel apart, in pixels from the top of the plot. */
function segmentsOf(heights: readonly number[], scale: AmountScale) {
  let sum = 0;
  return heights.flatMap((value, place) => {
    const ends = [heightOf(sum, scale), heightOf(sum + value, scale)];
    sum += value;
    const height = Math.max(...ends) - Math.min(...ends);
    if (height <= 0) return [];
    return [
      { place, top: PLOT_HEIGHT - Math.max(...ends), height: height > 2 ? height - 1 : height },
    ];
  });
}
