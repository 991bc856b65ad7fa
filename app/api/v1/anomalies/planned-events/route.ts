import {
  addPlannedEvent,
  listPlannedEvents,
  PlannedEventInput,
} from "#lib/anomaly-control/planned-events.ts";
import { plannedEventBody } from "../../_lib/anomalies.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/anomalies/planned-events", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const events = await listPlannedEvents(sql, viewer, new Date(0));
    return json({ events: events.map(plannedEventBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = await requestInput(request, PlannedEventInput);
    const event = await addPlannedEvent(sql, viewer, input, new Date(nowMs));
    return Response.json(plannedEventBody(event), {
      status: 201,
      headers: { "cache-control": "no-store" },
    });
  },
});
