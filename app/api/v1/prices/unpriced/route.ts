import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { unpricedQueue } from "#lib/price-book/unpriced-queue.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { unpricedBody } from "../../_lib/unpriced.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/prices/unpriced", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const pricing = await loadPricing(sql);
    return json(unpricedBody(await unpricedQueue(sql, viewer, pricing, new Date(nowMs))));
  },
});
