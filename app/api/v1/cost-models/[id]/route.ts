import { removeTeamModel } from "#lib/cost-book/change-cost-book.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { idOf } from "../../_lib/cost-book.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/cost-models/{id}", {
  DELETE: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = idOf(params);
    await removeTeamModel(sql, viewer, id);
    return json({ id, withdrawn: true });
  },
});
