import { formatCount } from "#app/_format/format-count.ts";
import { formatUsd, formatUsdExact } from "#app/_format/format-usd.ts";
import { numberFormat, withMinus } from "#app/_format/formatters.ts";
import { KPIS, type KpiName, kpiValue, type Ratio } from "#lib/kpis/kpi.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";

/** Differences say their direction. */
const SIGNED: readonly KpiName[] = ["reconciliation_gap", "budget_variance"];

/** A key figure for the eye: "96.7%", "0.812", "$13.20". */
export function formatKpi(name: KpiName, ratio: Ratio, locale: string): string {
  const value = kpiValue(name, ratio);
  switch (KPIS[name].unit) {
    case "usd":
      return formatUsd(parseUsd(value), locale);
    case "index":
      return numberFormat(locale, {
        minimumFractionDigits: 3,
        maximumFractionDigits: 3,
      }).format(value as Intl.StringNumericLiteral);
    case "share":
      return withMinus(
        numberFormat(locale, {
          style: "percent",
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
          // Towards what is worse: only the whole reads as 100 %.
          roundingMode: SIGNED.includes(name) || name === "forecast_error" ? "halfExpand" : "floor",
          signDisplay: SIGNED.includes(name) ? "exceptZero" : "auto",
        }).format(value as Intl.StringNumericLiteral),
      );
  }
}

/** One side of the division: dollars or a count. */
export function formatKpiTerm(
  name: KpiName,
  side: keyof Ratio,
  { [side]: term }: Ratio,
  locale: string,
): string {
  return KPIS[name][side] === "usd"
    ? formatUsdExact(term as Usd, locale)
    : formatCount(Number(term), locale);
}
