import { monthNamed } from "#lib/close/month.ts";

/** "November 2026" of `2026-11`. */
export function formatMonth(name: string, locale: string): string {
  const day = new Date(monthNamed(name).first * 86_400_000);
  return new Intl.DateTimeFormat(locale, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(day);
}
