import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { formatCount } from "#app/_format/format-count.ts";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { QuoteLine } from "#lib/pricing/quote.ts";
import { RateSource } from "./rate-source.tsx";
import { Cell, HeadCell, Row, RowHead } from "./table.tsx";
import { UnitName } from "./unit-name.tsx";

/** On a phone the rate and its source stand below the unit. */
const WIDE = "hidden sm:table-cell";

/** The columns of `ReceiptLine`. */
export function ReceiptLineHead() {
  const t = useTranslations("Receipt");
  return (
    <thead>
      <tr>
        <HeadCell>{t("unit")}</HeadCell>
        <HeadCell numeric>{t("quantity")}</HeadCell>
        <HeadCell numeric className={WIDE}>
          {t("rate")}
        </HeadCell>
        <HeadCell numeric className="hidden md:table-cell">
          {t("multiplier")}
        </HeadCell>
        <HeadCell numeric>{t("amount")}</HeadCell>
        <HeadCell className={WIDE}>{t("source")}</HeadCell>
      </tr>
    </thead>
  );
}

/** The cells between what a line of the foot says and its amount. */
export function ReceiptGap() {
  return (
    <>
      <Cell />
      <Cell className={WIDE} />
      <Cell className="hidden md:table-cell" />
    </>
  );
}

/** A cell below the sources of rates. */
export function ReceiptEnd(rest: ComponentProps<"td">) {
  return <Cell className={`${WIDE} font-normal text-muted text-xs`} {...rest} />;
}

/** Quantity × rate = amount, with where the rate is from. */
export function ReceiptLine({ line }: { readonly line: QuoteLine }) {
  const t = useTranslations("Receipt");
  const locale = useLocale();
  const { unit, quantity, rate, multiplier, amount } = line;
  const price =
    rate === null ? (
      <span className="text-warn">{t("noRate")}</span>
    ) : (
      t("per", { amount: formatUsdExact(parseUsd(rate.amount), locale), per: rate.per })
    );
  return (
    <Row>
      <RowHead className="sm:whitespace-nowrap">
        <UnitName unit={unit} />
        <p className="figures text-muted text-xs sm:hidden">
          {price} {rate !== null && <RateSource rate={rate} />}
        </p>
      </RowHead>
      <Cell numeric>{typeof quantity === "number" ? formatCount(quantity, locale) : quantity}</Cell>
      <Cell numeric className={WIDE}>
        {price}
      </Cell>
      <Cell numeric className="hidden md:table-cell">
        {multiplier === null || multiplier === "1" ? "–" : `× ${multiplier}`}
      </Cell>
      <Cell numeric>{amount === null ? "–" : formatUsdExact(parseUsd(amount), locale)}</Cell>
      <Cell className={`${WIDE} min-w-52 text-muted text-xs`}>
        {rate !== null && <RateSource rate={rate} />}
      </Cell>
    </Row>
  );
}
