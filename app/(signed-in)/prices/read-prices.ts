import { context, requestTime } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { type ListedPrice, listPrices } from "#lib/price-book/list-prices.ts";
import { readRates } from "#lib/price-book/rate-store.ts";
import { readRechecks } from "#lib/price-book/recheck.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";

/** The whole price book as the viewer may see it: a team's contract is for who sees the team. */
export async function readPrices(
  { teams }: Viewer,
  times: { readonly at?: Date; readonly believedAt?: Date } = {},
): Promise<ListedPrice[]> {
  const { sql } = context();
  const [own, rechecks, today] = await Promise.all([
    readRates(sql, "all"),
    readRechecks(sql),
    requestTime(),
  ]);
  const visible = own.filter(
    ({ team }) => team === null || teams === "all" || teams.includes(team),
  );
  const shown = { at: times.at ?? today, believedAt: times.believedAt ?? null, today };
  return listPrices(loadPriceBook(), visible, shown, rechecks);
}
