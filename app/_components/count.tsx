import { useLocale } from "next-intl";
import { formatCompact, formatCount } from "#app/_format/format-count.ts";

/** A count in short form with the full one a hover away, or in full. */
export function Count({
  value,
  short = false,
}: {
  readonly value: number;
  readonly short?: boolean;
}) {
  const locale = useLocale();
  const full = formatCount(value, locale);
  return (
    <span className="figures" title={short ? full : undefined}>
      {short ? formatCompact(value, locale) : full}
    </span>
  );
}
