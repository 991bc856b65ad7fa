import { useLocale, useTranslations } from "next-intl";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import type { Drawing } from "#lib/cost-model/draw-down.ts";
import { sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { TeamCostHow } from "#lib/reports/team-cost-receipt.ts";
import { type CivilDay, dayText } from "#lib/time/civil-day.ts";

/** What a day's amount is made of, in words and figures that a calculator takes. */
export function HowText({
  how,
  day,
  team,
}: {
  readonly how: TeamCostHow | null;
  readonly day: CivilDay;
  readonly team: string;
}) {
  const t = useTranslations("CostModels.receipt");
  const reasons = useTranslations("Journal");
  const locale = useLocale();
  if (how === null) return t("usage");
  const exact = (usd: Usd) => formatUsdExact(usd, locale);
  switch (how.by) {
    case "amortisation":
    case "drawing": {
      const { charge, period, part } = how;
      const days = t("amortised", {
        amount: exact(charge.amount),
        quantity: charge.quantity,
        price: exact(period.price),
        days: period.to - period.from,
        from: dayText(period.from),
        number: day - period.from + 1,
        part: exact(part),
      });
      if (how.by === "drawing") {
        return (
          <DrawingText drawing={how.drawing} price={days} served={charge.dailyTokens} team={team} />
        );
      }
      const { seats } = how;
      if (seats === null) return days;
      const use = { used: seats.used, quantity: charge.quantity, people: seats.people };
      return `${days} ${t("seats", { ...use, ofTeam: seats.ofTeam })}`;
    }
    case "split":
      return t("split", {
        method: t(`methods.${how.method}`),
        total: exact(how.total.effective),
        weight: `${how.weight}`,
        weights: `${how.weights}`,
      });
    case "overage":
      return t("overage", { worth: exact(how.worth), paid: exact(how.paid) });
    case "given_away":
      return t("givenAway");
    case "adjustment":
      return [reasons(`reasons.${how.reason}`), how.note, how.reference]
        .filter((word) => word !== "")
        .join(" · ");
    case "markup":
      return t("markup", {
        base: exact(how.base),
        num: `${how.fraction.num}`,
        den: `${how.fraction.den}`,
      });
  }
}

/** What usage drew on the day, after what the charge costs. */
function DrawingText({
  drawing,
  price,
  served,
  team,
}: {
  readonly drawing: Drawing;
  readonly price: string;
  readonly served: bigint | null;
  readonly team: string;
}) {
  const t = useTranslations("CostModels.receipt");
  const locale = useLocale();
  const exact = (usd: Usd) => formatUsdExact(usd, locale);
  if (drawing.of === "credits") {
    return t("credits", { left: exact(drawing.left), drawn: exact(drawing.drawn) });
  }
  const { byTeam } = drawing;
  const share = t("byWorth", {
    own: exact(byTeam.get(team) ?? ZERO_USD),
    all: exact(sumUsd(byTeam.values())),
  });
  return `${price} ${drawnText(drawing)} ${share}`;

  function drawnText(of: Exclude<Drawing, { of: "credits" }>): string {
    const used = exact(of.used);
    const worth = exact(of.worth);
    if (of.of === "provisioned") {
      return served === null
        ? t("provisionedByWorth", { worth, used })
        : t("provisioned", { tokens: `${of.tokens}`, served: `${served}`, used });
    }
    return t("commitment", {
      ...{ amortised: exact(of.amortised), worth, used, before: exact(of.before) },
    });
  }
}
