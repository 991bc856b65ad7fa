import { useLocale } from "next-intl";
import { formatUsd, formatUsdExact } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";

/** A difference of money with its sign; the exact value is one hover away. */
export function Difference({
  usd,
  strong = false,
}: {
  readonly usd: Usd;
  readonly strong?: boolean;
}) {
  const locale = useLocale();
  return (
    <span
      className={`figures whitespace-nowrap ${strong ? "font-semibold" : ""} ${toneOf(usd)}`}
      title={signed(usd, formatUsdExact(usd, locale))}
    >
      {signed(usd, formatUsd(usd, locale))}
    </span>
  );
}

export function signed(usd: Usd, text: string): string {
  return usd > 0n ? `+${text}` : text;
}

function toneOf(usd: Usd): string {
  if (usd === 0n) return "text-muted";
  return usd > 0n ? "text-warn" : "text-good";
}
