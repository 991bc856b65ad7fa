import { z } from "zod";
import { filtersOf } from "#lib/parameters/dimensions.ts";
import { openPeriodOf } from "#lib/parameters/period.ts";
import { listEvents } from "#lib/reports/events.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { EventParameters, eventBody } from "../_lib/events.ts";
import { parseQuery } from "../_lib/query.ts";

const Position = z.strictObject({
  startedAt: z.iso.datetime().pipe(z.coerce.date()),
  id: z.uuid(),
});

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/events", {
  GET: async ({ url, viewer, sql }) => {
    const input = parseQuery(EventParameters, url.searchParams);
    const question = questionOf(url);
    const { events, next } = await listEvents(sql, viewer, {
      ...openPeriodOf(input, input.tz ?? (await organizationZone(sql))),
      filters: filtersOf(input),
      ...(input.rate_set === undefined ? {} : { rateSetId: input.rate_set }),
      ...(input.counted === undefined ? {} : { counted: input.counted === "true" }),
      limit: input.limit,
      ...(input.cursor === undefined
        ? {}
        : { after: decodeCursor(input.cursor, question, Position) }),
    });
    return json({
      events: events.map(eventBody),
      next_cursor: next === null ? null : encodeCursor(question, next),
    });
  },
});
