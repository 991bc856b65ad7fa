import { useTranslations } from "next-intl";
import type { Freshness } from "#lib/price-book/list-prices.ts";

/** How old the prices in force are, and how many nobody has looked at for 60 days. */
export function FreshnessBadge({ freshness }: { readonly freshness: Freshness }) {
  const t = useTranslations("Prices");
  const { newest, stale, inForce } = freshness;
  if (newest === null) return null;
  return (
    <p
      className={`rounded-md px-2.5 py-1 text-xs ${stale > 0 ? "bg-warn-soft" : "bg-accent-soft"} text-text`}
    >
      {t("freshness", { day: newest, count: inForce })}
      {stale > 0 && ` · ${t("notRechecked", { count: stale })}`}
    </p>
  );
}
