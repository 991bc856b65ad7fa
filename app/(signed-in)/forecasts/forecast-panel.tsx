import { useLocale, useTranslations } from "next-intl";
import { MarkerList } from "#app/_charts/marker-list.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import { scopeText } from "#lib/forecasting/scope.ts";
import { pointsOf } from "./chart-points.ts";
import { ForecastChart } from "./forecast-chart.tsx";
import type { ForecastMark } from "./forecast-marks.ts";
import { PointTable } from "./point-table.tsx";

/** Spend by day and the cone ahead, with the same figures as a table and as a file. */
export function ForecastPanel({
  forecast,
  horizon,
  marks,
}: {
  readonly forecast: ScopeForecast;
  readonly horizon: number;
  readonly marks: readonly ForecastMark[];
}) {
  const t = useTranslations("Forecasts");
  const locale = useLocale();
  const points = pointsOf(forecast, horizon, locale);
  const labels = new Map(points.map(({ date, label }) => [date, label]));
  const shown = marks.flatMap((mark) => {
    const at = labels.get(mark.date);
    return at === undefined ? [] : [{ ...mark, at }];
  });
  const hasSpend = points.some(({ actual }) => actual !== null && actual > 0);
  const { issuedAt, timeZone } = forecast;
  const note =
    issuedAt === null ? t("live") : t("issued", { at: formatMoment(issuedAt, locale, timeZone) });
  const query = new URLSearchParams({ scope: scopeText(forecast.scope), horizon: `${horizon}` });
  return (
    <Panel
      title={t("byDay")}
      note={forecast.days.length > 0 ? note : undefined}
      actions={<CsvLink href={`/api/v1/forecasts.csv?${query}`} what={t("byDay")} />}
    >
      {hasSpend || forecast.days.length > 0 ? (
        <>
          <ul className="flex flex-wrap gap-x-5 gap-y-1 px-4 pt-3 text-muted text-xs">
            <Key label={t("spent")} opacity={0.9} />
            <Key label={t("band", { level: 50 })} opacity={0.5} />
            <Key label={t("band", { level: 80 })} opacity={0.26} />
            <Key label={t("band", { level: 95 })} opacity={0.1} />
          </ul>
          <div className="px-2 pb-2">
            <ForecastChart
              points={points}
              marks={shown}
              unit={forecast.unit}
              description={t("chart")}
            />
          </div>
          {shown.length > 0 && (
            <div className="px-4 pb-3">
              <MarkerList marks={shown} />
            </div>
          )}
          <PointTable points={points} forecast={forecast} />
        </>
      ) : (
        <Empty title={t("empty")}>{t("emptyHint")}</Empty>
      )}
    </Panel>
  );
}

function Key({ label, opacity }: { readonly label: string; readonly opacity: number }) {
  return (
    <li className="flex items-center gap-2">
      <span
        className="size-2.5 rounded-sm"
        style={{ background: "var(--chart-1)", opacity }}
        aria-hidden
      />
      {label}
    </li>
  );
}
