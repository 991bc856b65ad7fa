import { context, requestTime } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { type ListedPrice, listPrices } from "#lib/price-book/list-prices.ts";
import { readRates } from "#lib/price-book/rate-store.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";

/** The whole price book as the viewer may see it: a team's contract is for who sees the team. */
export async function readPrices(
  { teams }: Viewer,
  times: { readonly at?: Date; readonly believedAt?: Date } = {},
): Promise<ListedPrice[]> {
  const [own, today] = await Promise.all([readRates(context().sql, "all"), requestTime()]);
  const visible = own.filter(
    ({ team }) => team === null || teams === "all" || teams.includes(team),
  );
  return listPrices(loadPriceBook(), visible, {
    at: times.at ?? today,
    believedAt: times.believedAt ?? null,
    today,
  });
}
