import { CURRENCY } from "#lib/money/money.ts";
import { type Column, count, decimal, text, time } from "#lib/tables/column.ts";
import type { ListedPrice } from "./list-prices.ts";

/** The columns of a price file, and what stands in them. Our importer reads them back. */
export const PRICE_COLUMNS: readonly Column<ListedPrice>[] = [
  text("id", ({ id }) => id),
  text("origin", ({ origin }) => origin),
  text("state", ({ state }) => state),
  text("team", ({ team }) => team),
  text("kind", ({ kind }) => kind),
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("unit", ({ unit }) => unit),
  decimal("amount", ({ price }) => ("amount" in price ? price.amount : null)),
  count("per", ({ price }) => ("amount" in price ? price.per : null)),
  text("discount", ({ price }) => discountText(price)),
  text("currency", () => CURRENCY),
  text("tier", ({ tier }) => tier),
  text("speed", ({ speed }) => speed),
  text("region", ({ region }) => region),
  text("includes_fees", ({ includesFees }) => (includesFees ? "true" : null)),
  count("context_over", ({ context }) => context?.over),
  count("context_from", ({ context }) => context?.from),
  count("context_up_to", ({ context }) => context?.upTo),
  count("context_below", ({ context }) => context?.below),
  text("window_tz", ({ window }) => window?.tz ?? null),
  text("window_weekdays", ({ window }) => window?.weekdays?.join(" ") ?? null),
  text("window_from", ({ window }) => window?.from ?? null),
  text("window_to", ({ window }) => window?.to ?? null),
  text("window_except_dates", ({ window }) => window?.exceptDates?.join(" ") ?? null),
  time("effective_from", ({ effectiveFrom }) => effectiveFrom),
  time("effective_to", ({ effectiveTo }) => effectiveTo),
  text("source_name", ({ source }) => source.name),
  text("source_url", ({ source }) => source.url),
  text("source_quote", ({ source }) => source.quote),
  text("source_checked_at", ({ source }) => source.checkedAt),
  text("sold_as", ({ soldAs }) => soldAs),
  time("recorded_at", ({ recordedAt }) => recordedAt),
  text("recorded_by", ({ recordedBy }) => recordedBy),
  time("superseded_at", ({ supersededAt }) => supersededAt),
  text("superseded_by", ({ supersededBy }) => supersededBy),
];

/** "3/20" for 15 % off; null for an amount. */
export function discountText(price: ListedPrice["price"]): string | null {
  return "off" in price ? `${price.off.num}/${price.off.den}` : null;
}
