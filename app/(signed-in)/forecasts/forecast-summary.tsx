import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatDays } from "#app/_format/format-time.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { Amount } from "#lib/budgets/amount.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import type { ScopeAccuracy } from "#lib/forecasting/accuracy.ts";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import type { Usd } from "#lib/money/money.ts";
import { DAYS, spentHref } from "./scope-links.ts";

/** What the month ends with, with its range; or plainly that nobody can say yet. */
export function ForecastSummary({
  forecast,
  accuracy,
  rate,
}: {
  readonly forecast: ScopeForecast;
  readonly accuracy: ScopeAccuracy | null;
  /** Of today, into the reporting currency; also of days to come, for no other is known. */
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Forecasts");
  const locale = useLocale();
  const { monthEnd, runRate, unit, maturity } = forecast;
  const amount = (value: Usd) => formatBudgetAmount(value as bigint as Amount, unit, locale);
  if (monthEnd === null) {
    return (
      <Notice title={t("notEnough")}>
        {runRate === null
          ? t("noSpend")
          : t("runRate", {
              days: runRate.days,
              perDay: amount(runRate.perDay),
              monthEnd: amount(runRate.monthEnd),
            })}
        {runRate !== null && <AtRate usd={runRate.monthEnd} rate={rate} />}
      </Notice>
    );
  }
  const today = forecast.spent.at(-1)?.date ?? monthEnd.from;
  const period = formatDays(new Date(monthEnd.from), new Date(monthEnd.to), locale, "UTC");
  const range = (level: 50 | 80 | 95) =>
    `${amount(monthEnd.bands[level].low)} – ${amount(monthEnd.bands[level].high)}`;
  return (
    <>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4">
        <Figure
          name={t("monthEnd", { period })}
          value={<ToDays>{amount(monthEnd.expected)}</ToDays>}
          note={<AtRate usd={monthEnd.expected} rate={rate} />}
          isLarge
        />
        <Figure
          name={t("range80")}
          value={<ToDays>{range(80)}</ToDays>}
          note={
            <>
              {t("range95", { range: range(95) })}
              <RangeAtRate {...monthEnd.bands[80]} rate={rate} />
            </>
          }
        />
        <Figure
          name={t("toDate")}
          value={
            <FigureLink href={spentHref(forecast.scope, monthEnd.from, today)}>
              {amount(monthEnd.spent)}
            </FigureLink>
          }
          note={<AtRate usd={monthEnd.spent} rate={rate} />}
        />
        <Figure
          name={t("pastError")}
          value={
            accuracy?.totalError == null || accuracy.isTooFew
              ? t("tooYoung")
              : percent(accuracy.totalError, locale)
          }
          note={
            accuracy?.held[80] == null || accuracy.isTooFew
              ? undefined
              : t("heldShort", { share: percent(accuracy.held[80], locale) })
          }
        />
      </dl>
      {maturity === "low-confidence" && (
        <Notice title={t("lowConfidence", { days: forecast.historyDays })} />
      )}
      {forecast.unpricedCalls > 0 && (
        <Notice tone="warn" title={t("unpriced", { count: forecast.unpricedCalls })} />
      )}
    </>
  );
}

/** To the days that it is the sum of. The browser itself follows: it opens what they are closed in. */
function ToDays({ children }: { readonly children: ReactNode }) {
  return (
    <a href={`#${DAYS}`} className="underline-offset-2 hover:underline">
      {children}
    </a>
  );
}

/** Both ends of the range of 80 %. */
function RangeAtRate({
  low,
  high,
  rate,
}: {
  readonly low: Usd;
  readonly high: Usd;
  readonly rate: UsedRate | null;
}) {
  return (
    <span className="flex flex-wrap gap-x-2">
      <AtRate usd={low} rate={rate} />
      <AtRate usd={high} rate={rate} />
    </span>
  );
}

export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(
    share,
  );
}

function Figure({
  name,
  value,
  note,
  isLarge = false,
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly isLarge?: boolean;
}) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className={`figures font-semibold ${isLarge ? "text-figure" : "pt-1 text-lg"}`}>
        {value}
        {note !== undefined && <span className="block font-normal text-muted text-xs">{note}</span>}
      </dd>
    </div>
  );
}
