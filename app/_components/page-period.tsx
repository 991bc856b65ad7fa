import { useLocale } from "next-intl";
import { formatDays } from "#app/_format/format-time.ts";
import type { Period } from "#app/_period/period.ts";
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
  return (
    <PeriodPicker
      name={period.name}
      days={formatDays(period.from, period.to, useLocale(), period.timeZone)}
      firstDay={period.firstDay}
      lastDay={period.lastDay}
      isCompared={isCompared}
    />
  );
}
