import { useLocale } from "next-intl";
import { formatUsd, formatUsdExact } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";

/** What is more or less, or is booked, with its sign; all digits are a hover away. */
export function SignedAmount({
  usd,
  signed = true,
  zero = "amount",
}: {
  readonly usd: Usd;
  /** Without it only less than nothing has a sign. */
  readonly signed?: boolean;
  /** Where most are nothing, a dash is calmer. */
  readonly zero?: "amount" | "dash";
}) {
  const locale = useLocale();
  if (usd === 0n && zero === "dash") return <span className="text-faint">–</span>;
  const plus = signed && usd > 0n ? "+" : "";
  return (
    <span className="figures whitespace-nowrap" title={plus + formatUsdExact(usd, locale)}>
      {formatUsd(usd, locale).replace(/^(< )?/, `$1${plus}`)}
    </span>
  );
}
