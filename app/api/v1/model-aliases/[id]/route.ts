import { z } from "zod";
import { endModelAlias } from "#lib/price-book/record-prices.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { notFound } from "../../_lib/problem.ts";
import { parseQuery } from "../../_lib/query.ts";
import { requireRole } from "../../_lib/require-role.ts";
import { EndAliasParameters } from "../../_lib/unpriced.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/model-aliases/{id}", {
  DELETE: async ({ url, params, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    const { at } = parseQuery(EndAliasParameters, url.searchParams);
    const id = z.uuid().safeParse(params.id);
    const isEnded = id.success && (await endModelAlias(sql, id.data, at ?? null, viewer));
    if (!isEnded) throw notFound("alias that is still believed");
    return json({ id: id.data, ended_at: at?.toISOString() ?? null });
  },
});
