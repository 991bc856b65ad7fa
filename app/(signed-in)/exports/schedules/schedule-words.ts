type Words = (
  key: "weekly" | "monthly" | "monthEnd",
  values: Record<string, string | number>,
) => string;

/** A Monday, so that the days after it are the days of the week in their order. */
const MONDAY_MS = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

export function weekdayName(day: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return format.format(new Date(MONDAY_MS + (day - 1) * DAY_MS));
}

/** "Mondays at 06:00", "on the last day of the month at 06:00". */
export function whenText(
  {
    cadence,
    day,
    hour,
  }: { readonly cadence: "weekly" | "monthly"; readonly day: number; readonly hour: number },
  t: Words,
  locale: string,
): string {
  const at = `${String(hour).padStart(2, "0")}:00`;
  if (cadence === "weekly") return t("weekly", { day: weekdayName(day, locale), at });
  return day === 31 ? t("monthEnd", { at }) : t("monthly", { day, at });
}
