import { withdrawPrice } from "#lib/price-book/record-prices.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requireRole } from "../../_lib/require-role.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/prices/{id}", {
  DELETE: async ({ url, params, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    const isWithdrawn = UUID.test(id) && (await withdrawPrice(sql, id, viewer));
    if (!isWithdrawn) throw notFound("own price that is still believed");
    return json({ id, withdrawn: true });
  },
});
