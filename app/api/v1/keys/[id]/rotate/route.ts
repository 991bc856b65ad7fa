import { context } from "#app/_server/context.ts";
import { rotateKey } from "#lib/access/rotate-key.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { RotationInput } from "../../../_lib/keys.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { requestJson } from "../../../_lib/request-json.ts";
import { requireRole } from "../../../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/keys/{id}/rotate", {
  POST: async ({ request, url, params, viewer, nowMs }) => {
    requireRole(viewer, "admin");
    parseQuery(NoParameters, url.searchParams);
    const input = RotationInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    const { old_until } = input.data;
    const oldUntil = old_until === null ? null : new Date(old_until);
    const id = params.id ?? "";
    const { secret } = await rotateKey(context().db, viewer, id, {
      oldUntil,
      now: new Date(nowMs),
    });
    return json({ id, secret });
  },
});
