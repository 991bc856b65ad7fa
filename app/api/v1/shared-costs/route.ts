import { recordPool } from "#lib/cost-book/change-cost-book.ts";
import { PoolInput } from "#lib/cost-book/cost-input.ts";
import { newPool } from "#lib/cost-book/from-input.ts";
import { readPools } from "#lib/cost-book/pool-store.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { CostBookParameters, poolBody } from "../_lib/cost-book.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/shared-costs", {
  GET: async ({ url, sql }) => {
    const { team, history } = parseQuery(CostBookParameters, url.searchParams);
    const pools = await readPools(sql, history === "true" ? "all" : "believed");
    const seen = pools.filter(
      ({ teams, weights, sourceTeam, method }) =>
        team === undefined ||
        sourceTeam === team ||
        (method === "weights" ? (weights[team] ?? 0) > 0 : (teams?.includes(team) ?? true)),
    );
    return json({ shared_costs: seen.map(poolBody) });
  },
  POST: async ({ request, url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = PoolInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    return json({ id: await recordPool(sql, viewer, newPool(input.data)) });
  },
});
