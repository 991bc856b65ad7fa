import { useTranslations } from "next-intl";
import type { ListedPrice } from "#lib/price-book/list-prices.ts";

const LOOKS = {
  in_force: "bg-accent-soft text-text",
  announced: "bg-warn-soft text-text",
  ended: "bg-sunken text-muted",
  replaced: "bg-sunken text-muted",
  withdrawn: "bg-sunken text-muted line-through",
} as const;

/** Whether a rate is charged, as a word; the colour only repeats it. */
export function PriceStateBadge({ state }: Pick<ListedPrice, "state">) {
  const t = useTranslations("Prices");
  return (
    <span className={`whitespace-nowrap rounded px-1.5 py-0.5 text-xs ${LOOKS[state]}`}>
      {t(`states.${state}`)}
    </span>
  );
}
