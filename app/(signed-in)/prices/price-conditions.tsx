import { useLocale, useTranslations } from "next-intl";
import { formatCount } from "#app/_format/format-count.ts";
import type { ListedPrice } from "#lib/price-book/list-prices.ts";

/** Under which conditions a rate holds, in words; what holds always says nothing. */
export function PriceConditions({ row }: { readonly row: ListedPrice }) {
  const t = useTranslations("Prices");
  const locale = useLocale();
  const { team, tier, speed, region, context, window } = row;
  const count = (value: number) => formatCount(value, locale);
  const parts = [
    team,
    tier === "standard" ? null : tier,
    speed,
    region,
    context?.over === undefined ? null : `> ${count(context.over)}`,
    context?.from === undefined ? null : `≥ ${count(context.from)}`,
    context?.upTo === undefined ? null : `≤ ${count(context.upTo)}`,
    context?.below === undefined ? null : `< ${count(context.below)}`,
    window === null ? null : `${window.from}–${window.to} ${window.tz}`,
    window?.weekdays?.map((day) => weekdayName(day, locale)).join(" "),
  ].filter((part) => part != null);
  if (parts.length === 0) return <span className="text-faint">{t("always")}</span>;
  return <>{parts.join(" · ")}</>;
}

/** An ISO weekday (1 is Monday) by its short name; 2024-01-01 was a Monday. */
export function weekdayName(day: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return format.format(Date.UTC(2024, 0, day));
}
