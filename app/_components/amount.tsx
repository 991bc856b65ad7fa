import { useLocale, useTranslations } from "next-intl";
import { formatUsd, formatUsdExact } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";

/**
 * An amount of money; nothing at all of which has a price is no amount. The exact value is one hover away; calls without a price
 * are named beside it, because the amount is then a lower bound.
 */
export function Amount({
  usd,
  unpricedCalls = 0,
  compact = false,
}: {
  readonly usd: Usd;
  readonly unpricedCalls?: number;
  /** Mark a lower bound by "+" only, where a column says how many. */
  readonly compact?: boolean;
}) {
  const locale = useLocale();
  const t = useTranslations("Amount");
  const text = formatUsd(usd, locale);
  const exact = formatUsdExact(usd, locale);
  if (unpricedCalls === 0) {
    return (
      <span className="figures" title={exact}>
        {text}
      </span>
    );
  }
  if (usd === 0n) {
    return (
      <span className="whitespace-nowrap text-warn">
        {t("onlyUnpriced", { count: unpricedCalls })}
      </span>
    );
  }
  const note = t("lowerBound", { exact, count: unpricedCalls });
  return (
    <span className="figures whitespace-nowrap" title={note}>
      {text}
      {compact ? (
        <span className="text-warn">
          +<span className="sr-only"> {t("unpriced", { count: unpricedCalls })}</span>
        </span>
      ) : (
        <span className="text-warn"> {t("plusUnpriced", { count: unpricedCalls })}</span>
      )}
    </span>
  );
}
