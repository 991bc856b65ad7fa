import { useLocale, useTranslations } from "next-intl";
import { formatAmount } from "#app/_format/format-usd.ts";
import { perUsdText } from "#lib/currency/rate-text.ts";
import { toDecimal } from "#lib/money/money.ts";
import type { Reporting } from "./reporting.ts";

/** The amount beside the dollars; nothing where a day has no rate. */
export function InReportingCurrency({
  reporting,
  of,
}: {
  readonly reporting: Reporting;
  readonly of: "today" | "month";
}) {
  const t = useTranslations("Currency");
  const locale = useLocale();
  const amount = reporting[of];
  if (amount === null) return null;
  const { currency } = reporting;
  return (
    <span title={`${toDecimal(amount)} ${currency}`}>
      {t("also", { amount: formatAmount(amount, currency, locale) })}
    </span>
  );
}

/** Which rate that was, and of which day. */
export function ReportingRate({ reporting }: { readonly reporting: Reporting }) {
  const t = useTranslations("Currency");
  const { currency, rate, today, month } = reporting;
  if (rate === null || today === null || month === null) {
    return <span className="text-warn">{t("noRate", { currency })}</span>;
  }
  const quotes = rate.quotes.map(
    (quote) => `1 ${quote.base} = ${quote.rate} ${quote.currency} (${quote.source})`,
  );
  const short = perUsdText(rate).replace(/(\.\d{6})\d+$/, "$1…");
  return (
    <span title={quotes.join("; ")}>
      {t("usedRate", {
        currency,
        rate: t("rateLine", { rate: short, currency, date: rate.date }),
        age: t("age", { days: rate.ageDays }),
      })}
    </span>
  );
}
