import type { Promotion } from "#lib/pricing/promotions.ts";
import { checkedOn, type ListedPrice } from "./list-prices.ts";

/**
 * Why somebody should look at prices of a model:
 * - `promo_ended`: they were promised until a day that is over; they are charged still.
 * - `announced`: others are announced; announcements are sometimes called off.
 * - `not_rechecked`: nobody has looked at their source for more than 60 days.
 */
export type PriceTaskKind = "promo_ended" | "announced" | "not_rechecked";

/** Prices of one model to be looked at, for one reason. */
export type PriceTask = {
  readonly kind: PriceTaskKind;
  readonly provider: string;
  readonly model: string | null;
  /** The day that it is about: the promotion's last, the first of the new price, or the last look. */
  readonly day: string;
  readonly rows: readonly ListedPrice[];
  /** What the source said of a promotion. */
  readonly promotion: Promotion | null;
};

/**
 * What a person has to look at, the most pressing first. A look at the prices
 * themselves, recorded since, ends a task; an announcement ends by itself.
 *
 * @param rows The price book, as it is listed.
 * @param today YYYY-MM-DD.
 */
export function priceTasks(
  rows: readonly ListedPrice[],
  promotions: readonly Promotion[],
  today: string,
): PriceTask[] {
  const inForce = rows.filter(({ state, soldAs }) => state === "in_force" && soldAs === null);
  return [
    ...promotions.flatMap((promotion) => endedPromotion(promotion, inForce, today)),
    ...byModel(
      "announced",
      rows.filter(({ state, soldAs }) => state === "announced" && soldAs === null),
      ({ effectiveFrom }) => effectiveFrom?.toISOString().slice(0, 10) ?? "",
    ),
    ...byModel(
      "not_rechecked",
      inForce.filter(({ isStale }) => isStale),
      checkedOn,
    ),
  ];
}

function endedPromotion(
  promotion: Promotion,
  inForce: readonly ListedPrice[],
  today: string,
): PriceTask[] {
  const { provider, models, until } = promotion;
  if (today <= until) return [];
  const rows = inForce.filter(
    (row) =>
      row.provider === provider &&
      row.origin === "shipped" &&
      models.includes(row.model ?? "") &&
      checkedOn(row) <= until,
  );
  return byModel("promo_ended", rows, () => until).map((task) => ({ ...task, promotion }));
}

function byModel(
  kind: PriceTaskKind,
  rows: readonly ListedPrice[],
  dayOf: (row: ListedPrice) => string,
): PriceTask[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.provider, row.model, dayOf(row)]));
  return [...groups.values()]
    .flatMap((group): PriceTask[] => {
      const [head] = group;
      if (head === undefined) return [];
      const { provider, model } = head;
      return [
        { kind, provider: provider ?? "", model, day: dayOf(head), rows: group, promotion: null },
      ];
    })
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
