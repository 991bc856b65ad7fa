import { useLocale, useTranslations } from "next-intl";
import { formatCount } from "#app/_format/format-count.ts";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { ListedPrice } from "#lib/price-book/list-prices.ts";

const USUAL_BLOCK = 1_000_000;

/** A price with all its digits; the block is said where it is not a million. */
export function PriceAmount({ price, kind }: Pick<ListedPrice, "price" | "kind">) {
  const t = useTranslations("Prices");
  const locale = useLocale();
  if (kind === "free") return <>{t("free")}</>;
  if ("off" in price) {
    const { num, den } = price.off;
    return <>{t("off", { share: `${num}/${den}` })}</>;
  }
  const { amount, per } = price;
  return (
    <>
      {formatUsdExact(parseUsd(amount), locale)}
      {per !== USUAL_BLOCK && (
        <span className="text-muted text-xs"> / {formatCount(per, locale)}</span>
      )}
    </>
  );
}
