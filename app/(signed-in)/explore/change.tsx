import { useLocale, useTranslations } from "next-intl";
import { formatCount, formatShare } from "#app/_format/format-count.ts";
import { formatUsd } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";

/** What became more or less, as an amount and in percent; the sign says which, not a colour. */
export function Change({
  now,
  before,
  isMoney,
}: {
  readonly now: bigint;
  readonly before: bigint;
  readonly isMoney: boolean;
}) {
  const t = useTranslations("Explore");
  const locale = useLocale();
  const change = now - before;
  if (change === 0n) return <span className="text-faint">–</span>;
  const size = change < 0n ? -change : change;
  const sign = change < 0n ? "−" : "+";
  const amount = isMoney
    ? formatUsd(size as Usd, locale).replace(/^(< )?/, `$1${sign}`)
    : sign + formatCount(Number(size), locale);
  const share = formatShare(size, before, locale);
  return (
    <span className="whitespace-nowrap">
      {amount}{" "}
      <span className="inline-block min-w-14 text-muted">
        {share === null ? t("new") : `${sign}${share}`}
      </span>
    </span>
  );
}
