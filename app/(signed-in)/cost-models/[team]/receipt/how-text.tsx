import { useLocale, useTranslations } from "next-intl";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import type { How } from "#lib/cost-model/line-receipt.ts";
import { type CivilDay, dayText } from "#lib/time/civil-day.ts";

/** What a day's amount is made of, in words and figures that a calculator takes. */
export function HowText({ how, day }: { readonly how: How | null; readonly day: CivilDay }) {
  const t = useTranslations("CostModels.receipt");
  const locale = useLocale();
  if (how === null) return t("usage");
  switch (how.by) {
    case "amortisation": {
      const { charge, period, part, seats } = how;
      const days = t("amortised", {
        amount: formatUsdExact(charge.amount, locale),
        quantity: charge.quantity,
        price: formatUsdExact(period.price, locale),
        days: period.to - period.from,
        from: dayText(period.from),
        number: day - period.from + 1,
        part: formatUsdExact(part, locale),
      });
      if (seats === null) return days;
      const use = { used: seats.used, quantity: charge.quantity, people: seats.people };
      return `${days} ${t("seats", { ...use, ofTeam: seats.ofTeam })}`;
    }
    case "split":
      return t("split", {
        method: t(`methods.${how.method}`),
        total: formatUsdExact(how.total.effective, locale),
        weight: `${how.weight}`,
        weights: `${how.weights}`,
      });
    case "markup":
      return t("markup", {
        base: formatUsdExact(how.base, locale),
        num: `${how.fraction.num}`,
        den: `${how.fraction.den}`,
      });
  }
}
