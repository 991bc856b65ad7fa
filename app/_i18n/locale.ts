export const LOCALES = ["en", "zh-Hant"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = "outlay_locale";

/**
 * The locale that a person chose, else the first of the browser's languages
 * that we speak, else English. Any Chinese that is written with traditional
 * characters is zh-Hant; simplified Chinese readers are not given traditional
 * unasked.
 */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = LOCALES.find((locale) => locale === cookie);
  if (chosen !== undefined) return chosen;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const tag = part.split(";")[0]?.trim().toLowerCase() ?? "";
    if (tag === "en" || tag.startsWith("en-")) return "en";
    if (/^zh-(hant|tw|hk|mo)\b/.test(tag)) return "zh-Hant";
  }
  return "en";
}
