import { useLocale } from "next-intl";
import { formatUsd, formatUsdExact } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";

/** An amount, or with its sign what is more or less; all digits are a hover away. */
export function SignedAmount({
  usd,
  signed = true,
}: {
  readonly usd: Usd;
  readonly signed?: boolean;
}) {
  const locale = useLocale();
  if (usd === 0n) return <span className="text-faint">–</span>;
  const size = (usd < 0n ? -usd : usd) as Usd;
  const sign = usd < 0n ? "−" : signed ? "+" : "";
  return (
    <span className="figures whitespace-nowrap" title={sign + formatUsdExact(size, locale)}>
      {formatUsd(size, locale).replace(/^(< )?/, `$1${sign}`)}
    </span>
  );
}
