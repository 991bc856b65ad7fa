import { recordPool, removePool } from "#lib/cost-book/change-cost-book.ts";
import { PoolInput } from "#lib/cost-book/cost-input.ts";
import { newPool } from "#lib/cost-book/from-input.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { idOf } from "../../_lib/cost-book.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestJson } from "../../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/shared-costs/{id}", {
  PUT: async ({ request, url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = PoolInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    return json({ id: await recordPool(sql, viewer, newPool(input.data), idOf(params)) });
  },
  DELETE: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = idOf(params);
    await removePool(sql, viewer, id);
    return json({ id, withdrawn: true });
  },
});
