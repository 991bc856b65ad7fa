import { context } from "#app/_server/context.ts";
import { requireAdmin } from "#lib/access/rights.ts";
import { changeEndpoint, deleteEndpoint } from "#lib/notifications/change-endpoint.ts";
import { EndpointChange } from "#lib/notifications/endpoint-input.ts";
import { findEndpoint } from "#lib/notifications/endpoint-rows.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestJson } from "../../_lib/request-json.ts";
import { webhookBody, withTypes } from "../../_lib/webhooks.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/webhooks/{id}", {
  GET: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const endpoint = await findEndpoint(sql, viewer, params.id ?? "");
    if (endpoint === null) throw notFound("webhook");
    return json(webhookBody(endpoint));
  },
  PATCH: async ({ request, url, params, viewer, sql }) => {
    requireAdmin(viewer);
    parseQuery(NoParameters, url.searchParams);
    const change = EndpointChange.safeParse(withTypes(await requestJson(request)));
    if (!change.success) throw parameterError(change.error, []);
    const { config: installation } = context();
    const id = params.id ?? "";
    return json(
      webhookBody(await changeEndpoint(sql, viewer, { id, change: change.data, installation })),
    );
  },
  DELETE: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    await deleteEndpoint(sql, viewer, id);
    return json({ id, deleted: true });
  },
});
