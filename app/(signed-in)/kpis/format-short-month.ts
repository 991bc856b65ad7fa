import { dateFormat } from "#app/_format/formatters.ts";
import { monthNamed } from "#lib/close/month.ts";

/** "Nov 26" of `2026-11`. */
export function formatShortMonth(name: string, locale: string): string {
  const day = new Date(monthNamed(name).first * 86_400_000);
  return dateFormat(locale, { month: "short", year: "2-digit", timeZone: "UTC" }).format(day);
}
