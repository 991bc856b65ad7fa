import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { convertBy } from "#lib/currency/convert.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import type { Usd } from "#lib/money/money.ts";
import { InReportingCurrency, ReportingRate } from "./reporting-rate.tsx";
import type { ReportingRates, ReportingToday } from "./reporting-rates.ts";

/** An amount, and beneath it what it comes to by one day's rate; without a rate the dollars alone. */
export function AmountAtRate({
  usd,
  unpricedCalls = 0,
  rate,
}: {
  readonly usd: Usd;
  readonly unpricedCalls?: number;
  readonly rate: UsedRate | null;
}) {
  return (
    <>
      <Amount usd={usd} unpricedCalls={unpricedCalls} compact />
      <AtRate usd={usd} rate={rate} />
    </>
  );
}

/** The second of the two lines alone. */
export function AtRate({ usd, rate }: { readonly usd: Usd; readonly rate: UsedRate | null }) {
  if (rate === null || usd === 0n) return null;
  return (
    <span className="block whitespace-nowrap font-normal text-muted text-xs">
      <InReportingCurrency amount={convertBy(usd, rate)} currency={rate.currency} />
    </span>
  );
}

/** By which day's rate a page converts, and the rate of the last of these days. */
export function RateNote({
  of,
  reporting: { currency, rates, lastDay },
}: {
  readonly of: RateOf;
  readonly reporting: ReportingRates;
}) {
  return <NoteOfRate of={of} currency={currency} rate={rates.on(currency, lastDay)} />;
}

type RateOf = "event" | "session" | "anomaly" | "period" | "month";

/** The same where all is converted by the rate of today. */
export function TodayRateNote({ reporting }: { readonly reporting: ReportingToday }) {
  return <NoteOfRate of="today" {...reporting} />;
}

function NoteOfRate({ of, currency, rate }: ReportingToday & { readonly of: RateOf | "today" }) {
  const t = useTranslations("Currency");
  return (
    <p className="figures flex flex-wrap items-center gap-x-3 text-muted text-xs">
      <span>{t(`by.${of}`)}</span>
      <ReportingRate currency={currency} rate={rate} by="day" />
    </p>
  );
}
