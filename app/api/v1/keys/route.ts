import { context } from "#app/_server/context.ts";
import { storableScopes } from "#lib/access/key-scopes.ts";
import { createKey } from "#lib/access/keys.ts";
import { listKeys } from "#lib/access/list-keys.ts";
import { requireTeams } from "#lib/access/require-teams.ts";
import { AppError } from "#lib/errors.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { keyBody, NewKeyInput } from "../_lib/keys.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";
import { requireRole } from "../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/keys", {
  GET: async ({ url, viewer, nowMs }) => {
    requireRole(viewer, "admin");
    parseQuery(NoParameters, url.searchParams);
    return json({ keys: (await listKeys(context().sql, new Date(nowMs))).map(keyBody) });
  },
  POST: async ({ request, url, viewer, nowMs }) => {
    requireRole(viewer, "admin");
    parseQuery(NoParameters, url.searchParams);
    const input = NewKeyInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    const { kind, label, team, role, expires_at } = input.data;
    const scopes = storableScopes(kind, input.data.scopes);
    if (scopes === undefined || (kind === "ingest" && role !== undefined)) {
      throw new AppError("These scopes or this role are none of this kind of key", {
        code: "invalid",
      });
    }
    const expiresAt = expires_at === null ? null : new Date(expires_at);
    if (expiresAt !== null && expiresAt.getTime() <= nowMs) {
      throw new AppError("expires_at is past", { code: "invalid" });
    }
    const { db } = context();
    if (team !== null) await requireTeams(db, [team]);
    return json(
      await createKey(db, viewer, {
        ...{ kind, label, team, scopes, expiresAt },
        ...(role === undefined ? {} : { role }),
      }),
    );
  },
});
