import { getTranslations } from "next-intl/server";
import type { Period } from "#app/_period/period.ts";
import { requestTime } from "#app/_server/context.ts";
import { convertBy } from "#lib/currency/convert.ts";
import type { Usd } from "#lib/money/money.ts";
import { InReportingCurrency, ReportingRate } from "./reporting-rate.tsx";
import { reportingRates } from "./reporting-rates.ts";

/**
 * What a sum that is of no single days comes to in the reporting currency, by
 * the rate of its period's last day; nothing while that currency is the dollar.
 */
export async function SumInReporting({
  usd,
  period,
}: {
  readonly usd: Usd;
  readonly period: Pick<Period, "from" | "to" | "timeZone">;
}) {
  const reporting = await reportingRates(period, await requestTime());
  if (reporting === null) return null;
  const { currency, rates, lastDay } = reporting;
  const rate = rates.on(currency, lastDay);
  const t = await getTranslations("Currency");
  return (
    <p className="figures flex flex-wrap items-center gap-x-3 text-muted text-xs">
      {rate !== null && (
        <span className="font-medium text-text">
          {t("total")} <InReportingCurrency amount={convertBy(usd, rate)} currency={currency} />
        </span>
      )}
      <ReportingRate currency={currency} rate={rate} by="day" />
    </p>
  );
}
