import { useLocale } from "next-intl";
import { formatDays, formatMoments } from "#app/_format/format-time.ts";
import { isOfDays, type Period } from "#app/_period/period.ts";
import { PeriodPicker } from "./period-picker.tsx";

/** The choice of a page's period, with its days in the reader's words. */
export function PagePeriod({
  period,
  isCompared,
}: {
  readonly period: Period;
  /** Whether the period before stands beside it, on pages that can compare. */
  readonly isCompared?: boolean;
}) {
  const format = isOfDays(period) ? formatDays : formatMoments;
  return (
    <PeriodPicker
      name={period.name}
      days={format(period.from, period.to, useLocale(), period.timeZone)}
      firstDay={period.firstDay}
      lastDay={period.lastDay}
      isCompared={isCompared}
    />
  );
}
