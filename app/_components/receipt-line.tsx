import { useLocale, useTranslations } from "next-intl";
import { formatCount } from "#app/_format/format-count.ts";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { QuoteLine } from "#lib/pricing/quote.ts";
import { RateSource } from "./rate-source.tsx";
import { Cell, HeadCell, Row, RowHead } from "./table.tsx";

/** The columns of `ReceiptLine`. */
export function ReceiptLineHead() {
  const t = useTranslations("Receipt");
  return (
    <thead>
      <tr>
        <HeadCell>{t("unit")}</HeadCell>
        <HeadCell numeric>{t("quantity")}</HeadCell>
        <HeadCell numeric>{t("rate")}</HeadCell>
        <HeadCell numeric className="hidden md:table-cell">
          {t("multiplier")}
        </HeadCell>
        <HeadCell numeric>{t("amount")}</HeadCell>
        <HeadCell>{t("source")}</HeadCell>
      </tr>
    </thead>
  );
}

/** Quantity × rate = amount, with where the rate is from. */
export function ReceiptLine({ line }: { readonly line: QuoteLine }) {
  const t = useTranslations("Receipt");
  const locale = useLocale();
  const { unit, quantity, rate, multiplier, amount } = line;
  return (
    <Row>
      <RowHead className="whitespace-nowrap">{unit}</RowHead>
      <Cell numeric>{typeof quantity === "number" ? formatCount(quantity, locale) : quantity}</Cell>
      <Cell numeric>
        {rate === null ? (
          <span className="text-warn">{t("noRate")}</span>
        ) : (
          t("per", {
            amount: formatUsdExact(parseUsd(rate.amount), locale),
            per: rate.per,
          })
        )}
      </Cell>
      <Cell numeric className="hidden md:table-cell">
        {multiplier === null || multiplier === "1" ? "–" : `× ${multiplier}`}
      </Cell>
      <Cell numeric>{amount === null ? "–" : formatUsdExact(parseUsd(amount), locale)}</Cell>
      <Cell className="min-w-52 text-muted text-xs">
        {rate !== null && <RateSource rate={rate} />}
      </Cell>
    </Row>
  );
}
