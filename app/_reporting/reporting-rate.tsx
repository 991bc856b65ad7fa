import { useLocale, useTranslations } from "next-intl";
import { formatAmount } from "#app/_format/format-usd.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { perUsdText } from "#lib/currency/rate-text.ts";
import { type CurrencyAmount, toDecimal } from "#lib/money/money.ts";

/** An amount in the reporting currency, beside the dollars. */
export function InReportingCurrency({
  amount,
  currency,
}: {
  readonly amount: CurrencyAmount;
  readonly currency: string;
}) {
  const t = useTranslations("Currency");
  const locale = useLocale();
  return (
    <span title={`${toDecimal(amount)} ${currency}`}>
      {t("also", { amount: formatAmount(amount, currency, locale) })}
    </span>
  );
}

/** Which rate amounts were converted by, and of which day; null where a day has none. */
export function ReportingRate({
  currency,
  rate,
  by = "days",
}: {
  readonly currency: string;
  readonly rate: UsedRate | null;
  /** Amounts of each day by its own rate, or by this one rate. */
  readonly by?: "days" | "day";
}) {
  const t = useTranslations("Currency");
  if (rate === null) return <span className="text-warn">{t("noRate", { currency })}</span>;
  const quotes = rate.quotes.map(
    (quote) => `1 ${quote.base} = ${quote.rate} ${quote.currency} (${quote.source})`,
  );
  const short = perUsdText(rate).replace(/(\.\d{6})\d+$/, "$1…");
  return (
    <span title={quotes.join("; ")}>
      {t(by === "days" ? "usedRate" : "oneRate", {
        currency,
        rate: t("rateLine", { rate: short, currency, date: rate.date }),
        age: t("age", { days: rate.ageDays }),
      })}
      {rate.isKept && ` ${t("kept")}`}
    </span>
  );
}
