/**
 * The one formatter of these options in this language. To make one takes a
 * hundred times as long as to use it, and a page has hundreds of figures.
 */
export function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  return kept(NUMBERS, [locale, options], () => new Intl.NumberFormat(locale, options));
}

/** The minus sign in place of the hyphen that Intl writes: as wide as the plus and the digits. */
export function withMinus(figure: string): string {
  return figure.replace("-", "\u2212");
}

/** The same for moments. */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return kept(DATES, [locale, options], () => new Intl.DateTimeFormat(locale, options));
}

const NUMBERS = new Map<string, Intl.NumberFormat>();
const DATES = new Map<string, Intl.DateTimeFormat>();
/** Languages and options are few; zones come from people, so there is an end. */
const MOST_KEPT = 500;

function kept<Format>(formats: Map<string, Format>, what: unknown, make: () => Format): Format {
  const key = JSON.stringify(what);
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (formats.size >= MOST_KEPT) formats.clear();
  const format = make();
  formats.set(key, format);
  return format;
}
