import type { Promotion } from "#lib/pricing/promotions.ts";
import { checkedOn, type ListedPrice } from "./list-prices.ts";

/**
 * Why somebody should look at prices of a model:
 * - `promo_ended`: they were promised until a day that is over; they are charged still.
 * - `announced`: others are announced; announcements are sometimes called off.
 * - `not_rechecked`: nobody has looked at their source for more than 60 days.
 */
export type PriceTaskKind = "promo_ended" | "announced" | "not_rechecked";

/** Prices to be looked at together, for one reason: those of a model, or all that one page of a source says. */
export type PriceTask = {
  readonly kind: PriceTaskKind;
  readonly provider: string;
  /** Empty for fees, which hold for every model. */
  readonly models: readonly string[];
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
    ...tasksBy(
      "announced",
      ({ model }) => model,
      rows.filter(({ state, soldAs }) => state === "announced" && soldAs === null),
      ({ effectiveFrom }) => effectiveFrom?.toISOString().slice(0, 10) ?? "",
    ),
    ...tasksBy(
      "not_rechecked",
      ({ source }) => [source.name, source.url],
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
  const tasks = tasksBy(
    "promo_ended",
    ({ model }) => model,
    rows,
    () => until,
  );
  return tasks.map((task) => ({ ...task, promotion }));
}

function tasksBy(
  kind: PriceTaskKind,
  subjectOf: (row: ListedPrice) => unknown,
  rows: readonly ListedPrice[],
  dayOf: (row: ListedPrice) => string,
): PriceTask[] {
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify([row.provider, subjectOf(row), dayOf(row)]),
  );
  return [...groups.values()]
    .flatMap((group): PriceTask[] => {
      const [head] = group;
      if (head === undefined) return [];
      const provider = head.provider ?? "";
      const models = [...new Set(group.flatMap(({ model }) => model ?? []))];
      return [{ kind, provider, models, day: dayOf(head), rows: group, promotion: null }];
    })
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
