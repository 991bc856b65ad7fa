import { useLocale } from "next-intl";
import { formatUsd, formatUsdExact } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";

/** An amount that is booked, with its sign. */
export function SignedAmount({ usd }: { readonly usd: Usd }) {
  const locale = useLocale();
  const sign = usd > 0n ? "+" : "";
  const text = formatUsd(usd, locale);
  // Less than a cent says so by itself.
  return (
    <span className="figures" title={`${sign}${formatUsdExact(usd, locale)}`}>
      {text.startsWith("<") ? text : `${sign}${text}`}
    </span>
  );
}
