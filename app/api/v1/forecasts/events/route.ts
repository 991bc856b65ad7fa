import { createEvent, EventInput, listEvents } from "#lib/forecasting/events.ts";
import { requestRefit } from "#lib/forecasting/refit-runs.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { EventListParameters, eventBody } from "../../_lib/forecasts.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts/events", {
  GET: async ({ url, viewer, sql }) => {
    const { scope } = parseQuery(EventListParameters, url.searchParams);
    const events = await listEvents(sql, viewer);
    const wanted = events.filter((event) => scope === undefined || event.scope === scope);
    return json({ events: wanted.map(eventBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = await requestInput(request, EventInput);
    const now = new Date(nowMs);
    const event = await createEvent(sql, viewer, input, now);
    await requestRefit(sql, viewer, now);
    return Response.json(eventBody(event), {
      status: 201,
      headers: { "cache-control": "no-store", location: `/api/v1/forecasts/events/${event.id}` },
    });
  },
});
