import { useLocale } from "next-intl";
import { toDecimal, type Usd } from "#lib/money/money.ts";

/** A difference of money with its sign; the exact value is one hover away. */
export function Difference({ usd }: { readonly usd: Usd }) {
  const locale = useLocale();
  return (
    <span
      className={`figures whitespace-nowrap ${toneOf(usd)}`}
      title={formatDifferenceExact(usd, locale)}
    >
      {formatDifference(usd, locale)}
    </span>
  );
}

const ONE_CENT = 10n ** 16n;

/** With two decimals; below a cent with two digits that say something. */
export function formatDifference(usd: Usd, locale: string): string {
  const isSmall = usd > -ONE_CENT && usd < ONE_CENT && usd !== 0n;
  const digits = isSmall ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 };
  return signed(usd, locale, digits);
}

export function formatDifferenceExact(usd: Usd, locale: string): string {
  return signed(usd, locale, { minimumFractionDigits: 2, maximumFractionDigits: 18 });
}

function signed(usd: Usd, locale: string, digits: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    signDisplay: "exceptZero",
    ...digits,
  }).format(toDecimal(usd) as Intl.StringNumericLiteral);
}

function toneOf(usd: Usd): string {
  if (usd === 0n) return "text-muted";
  return usd > 0n ? "text-warn" : "text-good";
}
