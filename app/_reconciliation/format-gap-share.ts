import { numberFormat, withMinus } from "#app/_format/formatters.ts";

/** "+5.01%" of a share as a decimal text. */
export function formatGapShare(share: string, locale: string): string {
  const format = numberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 2,
    signDisplay: "exceptZero",
  });
  return withMinus(format.format(share as Intl.StringNumericLiteral));
}
