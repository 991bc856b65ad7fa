import { parameterError } from "#lib/parameters/parameter-error.ts";
import { readAliases } from "#lib/price-book/model-alias.ts";
import { recordModelAlias } from "#lib/price-book/record-prices.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";
import { requireRole } from "../_lib/require-role.ts";
import { AliasInput, aliasesBody } from "../_lib/unpriced.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/model-aliases", {
  GET: async ({ url, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json(aliasesBody(await readAliases(sql, "all")));
  },
  POST: async ({ request, url, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    parseQuery(NoParameters, url.searchParams);
    const input = AliasInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    const { provider, reported, target, effective_from, effective_to } = input.data;
    const alias = {
      ...{ provider, reported, targetProvider: target.provider, targetModel: target.model },
      effectiveFrom: effective_from ?? null,
      effectiveTo: effective_to ?? null,
    };
    const { id, backfill } = await recordModelAlias(sql, alias, viewer);
    return json({
      id,
      backfill: { rows: backfill.rows, filed: backfill.filed, done: backfill.isDone },
    });
  },
});
