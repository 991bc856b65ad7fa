import { eventReceipt } from "#lib/reports/receipt.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { receiptBody } from "../../../_lib/receipt.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/events/{id}/receipt", {
  GET: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const receipt = await eventReceipt(sql, viewer, params.id ?? "");
    if (receipt === null) throw notFound("event");
    return json(receiptBody(receipt));
  },
});
