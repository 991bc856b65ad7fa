import { useLocale, useTranslations } from "next-intl";
import { toChartNumber } from "#app/_format/format-usd.ts";
import { type ChangeGroup, differenceOf } from "#lib/history-runs/summarise.ts";
import type { Usd } from "#lib/money/money.ts";
import { formatDifference } from "./difference.tsx";

const HEIGHT = 96;
const BAR = 12;

/** The difference of each day as a bar above or below the line; the table beneath it has the same figures. */
export function DayChart({
  days,
  dayName,
}: {
  readonly days: readonly ChangeGroup<string>[];
  readonly dayName: (key: string) => string;
}) {
  const locale = useLocale();
  const t = useTranslations("History");
  const heights = days.map((sums) => toChartNumber(differenceOf(sums) as Usd));
  const [top, bottom] = [Math.max(0, ...heights), Math.min(0, ...heights)];
  if (days.length < 2 || top === bottom) return null;
  const scale = (HEIGHT - 2) / (top - bottom);
  const zero = 1 + top * scale;
  const width = days.length * BAR;
  return (
    <figure className="px-4 pt-4 pb-1">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-24 w-full"
        style={{ maxWidth: days.length * 40 }}
        role="img"
        aria-label={t("chart", { days: days.length })}
      >
        {days.map((sums, index) => {
          const height = (heights[index] ?? 0) * scale;
          const difference = differenceOf(sums) as Usd;
          return (
            <rect
              key={sums.key}
              x={index * BAR + 1}
              y={height > 0 ? zero - height : zero}
              width={BAR - 2}
              height={Math.max(0.5, Math.abs(height))}
              className={height > 0 ? "fill-warn" : "fill-good"}
            >
              <title>{`${dayName(sums.key)}: ${formatDifference(difference, locale)}`}</title>
            </rect>
          );
        })}
        <line
          x1={0}
          x2={width}
          y1={zero}
          y2={zero}
          className="stroke-line-strong"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </figure>
  );
}
