import { z } from "zod";
import { actorName } from "#lib/audit/actor.ts";
import { visiblePrices } from "#lib/exports/kinds/prices.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { freshnessOf } from "#lib/price-book/list-prices.ts";
import { newRates } from "#lib/price-book/new-rates.ts";
import { positionOf } from "#lib/price-book/price-row.ts";
import { recordPrices } from "#lib/price-book/record-prices.ts";
import { type ApiCall, apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { fileAnswer } from "../_lib/file-answer.ts";
import { iso } from "../_lib/iso.ts";
import { freshnessBody, NewPrices, PriceParameters, priceBody } from "../_lib/prices.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";
import { requireRole } from "../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/prices", {
  GET: async (call) => {
    const { url, viewer, sql, nowMs } = call;
    const input = parseQuery(PriceParameters, url.searchParams);
    if (input.format === "csv") return pricesFile(call, url);
    const now = new Date(nowMs);
    const { all, rows } = await visiblePrices(sql, viewer, input, now);
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

/** What is a list's alone has no effect on a file, which is always whole. */
function pricesFile(call: ApiCall, { href }: URL): Promise<Response> {
  const url = new URL(href);
  for (const name of ["format", "limit", "cursor"]) url.searchParams.delete(name);
  return fileAnswer({ ...call, url }, "prices", "csv");
}
