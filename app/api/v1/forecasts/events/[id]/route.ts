import { z } from "zod";
import { changeEvent, EventInput, withdrawEvent } from "#lib/forecasting/events.ts";
import { requestRefit } from "#lib/forecasting/refit-runs.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { eventBody } from "../../../_lib/forecasts.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { requestInput } from "../../../_lib/request-input.ts";

/** What is given changes; the whole is checked again when it is put together. */
const Patch = z.strictObject(
  Object.fromEntries(
    Object.keys(EventInput.shape).map((name) => [name, z.unknown().optional()]),
  ) as { readonly [K in keyof EventInput]: z.ZodOptional<z.ZodUnknown> },
);

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts/events/{id}", {
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const patch = await requestInput(request, Patch);
    const event = await changeEvent(sql, viewer, params.id ?? "", patch);
    await requestRefit(sql, viewer, new Date(nowMs));
    return json(eventBody(event));
  },
  DELETE: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    const now = new Date(nowMs);
    await withdrawEvent(sql, viewer, id, now);
    await requestRefit(sql, viewer, now);
    return json({ id, deleted: true });
  },
});
