import {
  GlCodesInput,
  listGlCodes,
  MOST_GL_CODES_BYTES,
  saveGlCodes,
} from "#lib/close/gl-codes.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/gl-codes", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json({ codes: await listGlCodes(sql, viewer) });
  },
  PUT: async ({ request, url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = GlCodesInput.safeParse(await requestJson(request, MOST_GL_CODES_BYTES));
    if (!input.success) throw parameterError(input.error, []);
    await saveGlCodes(sql, viewer, input.data.codes);
    return json({ codes: await listGlCodes(sql, viewer) });
  },
});
