import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatDays } from "#app/_format/format-time.ts";
import type { Amount } from "#lib/budgets/amount.ts";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import type { Usd } from "#lib/money/money.ts";
import type { ForecastPoint } from "./chart-points.ts";
import { DAYS, learntHref, spentHref } from "./scope-links.ts";

const LEVELS = [50, 80, 95] as const;

/** The figures of the chart, what they come to at the month's end, and the days that they were learnt from. */
export function PointTable({
  points,
  forecast,
}: {
  readonly points: readonly ForecastPoint[];
  readonly forecast: ScopeForecast;
}) {
  const t = useTranslations("Forecasts");
  const { scope, historyDays, days } = forecast;
  const learnt = days.length === 0 ? null : learntHref(forecast);
  return (
    <PanelDetails summary={t("asTable")} isQuiet>
      {/* Within what is closed: a browser opens it for a link to it. */}
      <div id={DAYS} className="scroll-mt-24">
        {learnt !== null && (
          <p className="px-4 pb-1 text-muted text-xs">
            <Link href={learnt} prefetch={false} className="underline-offset-2 hover:underline">
              {t("learnt", { days: historyDays })}
            </Link>
          </p>
        )}
        <Table caption={t("byDay")}>
          <thead>
            <tr>
              <HeadCell>{t("day")}</HeadCell>
              <HeadCell numeric>{t("spent")}</HeadCell>
              <HeadCell numeric>{t("expected")}</HeadCell>
              {LEVELS.map((level) => (
                <HeadCell key={level} numeric>
                  {t("band", { level })}
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <Row key={point.date}>
                <RowHead className="whitespace-nowrap">
                  {point.label}
                  {point.isRunning && <span className="text-muted"> {t("soFar")}</span>}
                </RowHead>
                <Cell numeric>
                  {point.actualText === null ? (
                    "–"
                  ) : (
                    <FigureLink href={spentHref(scope, point.date, point.date)}>
                      {point.actualText}
                    </FigureLink>
                  )}
                </Cell>
                <Cell numeric>{point.expectedText ?? "–"}</Cell>
                {LEVELS.map((level) => (
                  <Cell key={level} numeric>
                    {point.texts?.[level] ?? "–"}
                  </Cell>
                ))}
              </Row>
            ))}
          </tbody>
          <MonthTotal forecast={forecast} />
        </Table>
      </div>
    </PanelDetails>
  );
}

/** What is spent of the days that are over, and expected of the others, together. */
function MonthTotal({
  forecast: { scope, monthEnd, spent, unit },
}: {
  readonly forecast: ScopeForecast;
}) {
  const t = useTranslations("Forecasts");
  const locale = useLocale();
  if (monthEnd === null) return null;
  const text = (value: Usd) => formatBudgetAmount(value as bigint as Amount, unit, locale);
  const today = spent.at(-1)?.date ?? monthEnd.from;
  const period = formatDays(new Date(monthEnd.from), new Date(monthEnd.to), locale, "UTC");
  return (
    <tfoot>
      <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
        <RowHead className="font-medium">
          {period}
          <span className="block font-normal text-muted text-xs">{t("monthTotal")}</span>
        </RowHead>
        <Cell numeric>
          <FigureLink href={spentHref(scope, monthEnd.from, today)}>
            {text(monthEnd.spent)}
          </FigureLink>
        </Cell>
        <Cell numeric>{text(monthEnd.expected)}</Cell>
        {LEVELS.map((level) => (
          <Cell key={level} numeric>
            {text(monthEnd.bands[level].low)} – {text(monthEnd.bands[level].high)}
          </Cell>
        ))}
      </tr>
    </tfoot>
  );
}
