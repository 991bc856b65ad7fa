import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import {
  filterPrices,
  freshnessOf,
  type ListedPrice,
  listPrices,
} from "#lib/price-book/list-prices.ts";
import { newRates } from "#lib/price-book/new-rates.ts";
import { pricesCsv } from "#lib/price-book/price-csv.ts";
import { positionOf } from "#lib/price-book/price-row.ts";
import { readRates } from "#lib/price-book/rate-store.ts";
import { readRechecks } from "#lib/price-book/recheck.ts";
import { recordPrices } from "#lib/price-book/record-prices.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { iso } from "../_lib/iso.ts";
import {
  freshnessBody,
  NewPrices,
  PriceParameters,
  priceBody,
  priceQueryOf,
} from "../_lib/prices.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";
import { requireRole } from "../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/prices", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(PriceParameters, url.searchParams);
    const now = new Date(nowMs);
    const own = (await readRates(sql, "all")).filter(({ team }) => maySee(viewer, team));
    const times = { at: input.at ?? now, believedAt: input.believed_at ?? null, today: now };
    const all = listPrices(loadPriceBook(), own, times, await readRechecks(sql));
    const rows = filterPrices(all, priceQueryOf(input));
    if (input.format === "csv") return csvResponse(rows, input, now);

    const question = questionOf(url);
    const after =
      input.cursor === undefined ? "" : decodeCursor(input.cursor, question, z.string());
    const rest = rows.filter((row) => positionOf(row) > after);
    const page = rest.slice(0, input.limit);
    const last = page.at(-1);
    return json({
      as_of: iso(now),
      freshness: freshnessBody(freshnessOf(all)),
      total: rows.length,
      prices: page.map(priceBody),
      next_cursor:
        last === undefined || rest.length === page.length
          ? null
          : encodeCursor(question, positionOf(last)),
    });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    requireRole(viewer, "admin", "finance");
    parseQuery(NoParameters, url.searchParams);
    const input = NewPrices.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    const today = new Date(nowMs).toISOString().slice(0, 10);
    const defaults = { sourceName: `recorded by ${actorName(viewer)}`, today };
    const rates = input.data.prices.flatMap((price) => newRates(price, defaults));
    const { ids, backfill } = await recordPrices(sql, rates, viewer);
    const { rows, filed, isDone } = backfill;
    return json({ ids, backfill: { rows, filed, done: isDone } });
  },
});

/** A team's contract is for those who may see the team's money. */
function maySee({ teams }: Viewer, team: string | null): boolean {
  return team === null || teams === "all" || teams.includes(team);
}

function csvResponse(
  rows: readonly ListedPrice[],
  { flavor }: Pick<PriceParameters, "flavor">,
  now: Date,
): Response {
  const name = `outlay-prices-${now.toISOString().slice(0, 10)}${flavor === "excel" ? "-excel" : ""}.csv`;
  return new Response(pricesCsv(rows, flavor), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-outlay-as-of": iso(now),
      "x-outlay-rows": String(rows.length),
    },
  });
}
