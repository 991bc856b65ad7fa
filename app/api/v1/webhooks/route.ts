import { context } from "#app/_server/context.ts";
import { requireAdmin } from "#lib/access/rights.ts";
import { createEndpoint } from "#lib/notifications/create-endpoint.ts";
import { NewEndpoint } from "#lib/notifications/endpoint-input.ts";
import { listEndpoints } from "#lib/notifications/endpoint-rows.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";
import { webhookBody, withTypes } from "../_lib/webhooks.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/webhooks", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const endpoints = await listEndpoints(sql, viewer);
    return json({ webhooks: endpoints.map(webhookBody) });
  },
  POST: async ({ request, url, viewer, sql }) => {
    requireAdmin(viewer);
    parseQuery(NoParameters, url.searchParams);
    const input = NewEndpoint.safeParse(withTypes(await requestJson(request)));
    if (!input.success) throw parameterError(input.error, []);
    const made = await createEndpoint(sql, viewer, input.data, context().config);
    return json({ ...webhookBody(made.endpoint), secret: made.signingSecret });
  },
});
