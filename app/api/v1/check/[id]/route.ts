import { apiRoute, json } from "../../_lib/api-route.ts";
import { currentChecker } from "../../_lib/check.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/check/{id}", {
  DELETE: ({ url, params, viewer }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    if (!currentChecker().giveBack(viewer, id)) throw notFound("reservation that is still held");
    return json({ id, released: true });
  },
});
