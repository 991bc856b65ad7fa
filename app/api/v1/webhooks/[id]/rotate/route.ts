import { context } from "#app/_server/context.ts";
import { rotateSecret } from "#lib/notifications/change-endpoint.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { iso } from "../../../_lib/iso.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/webhooks/{id}/rotate", {
  POST: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { secret } = context().config;
    const rotation = { id: params.id ?? "", secret, now: new Date(nowMs) };
    const { signingSecret, oldSecretUntil } = await rotateSecret(sql, viewer, rotation);
    return json({ secret: signingSecret, old_secret_until: iso(oldSecretUntil) });
  },
});
