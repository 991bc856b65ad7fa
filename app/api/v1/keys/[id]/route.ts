import { context } from "#app/_server/context.ts";
import { revokeKey } from "#lib/access/keys.ts";
import { findKeyInfo } from "#lib/access/list-keys.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { keyBody } from "../../_lib/keys.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requireRole } from "../../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/keys/{id}", {
  GET: async ({ url, params, viewer, nowMs }) => {
    requireRole(viewer, "admin");
    parseQuery(NoParameters, url.searchParams);
    const key = await findKeyInfo(context().sql, params.id ?? "", new Date(nowMs));
    if (key === null) throw notFound("key");
    return json(keyBody(key));
  },
  DELETE: async ({ url, params, viewer, nowMs }) => {
    requireRole(viewer, "admin");
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    if (!(await revokeKey(context().db, viewer, id, new Date(nowMs)))) {
      throw notFound("key in force");
    }
    return json({ id, revoked: true });
  },
});
