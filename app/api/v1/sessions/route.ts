import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import { openPeriodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { listSessions } from "#lib/reports/sessions.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { parseQuery } from "../_lib/query.ts";
import { SessionsParameters, sessionSummaryBody } from "../_lib/sessions.ts";

const Position = z.strictObject({
  lastAt: z.iso.datetime().pipe(z.coerce.date()),
  session: z.string(),
});

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/sessions", {
  GET: async ({ url, viewer, sql }) => {
    const input = parseQuery(SessionsParameters, url.searchParams);
    const question = questionOf(url);
    const team = input["filter.team"];
    const user = input["filter.user"]?.map((name) => (name === "" ? null : name));
    const session = input["filter.session"];
    const { sessions, next } = await listSessions(sql, viewer, {
      ...openPeriodOf(input, input.tz ?? (await organizationZone(sql))),
      ...(team === undefined ? {} : { team }),
      ...(user === undefined ? {} : { user }),
      ...(session === undefined ? {} : { session }),
      limit: input.limit,
      ...(input.cursor === undefined
        ? {}
        : { after: decodeCursor(input.cursor, question, Position) }),
    });
    return json({
      currency: CURRENCY,
      sessions: sessions.map(sessionSummaryBody),
      next_cursor: next === null ? null : encodeCursor(question, next),
    });
  },
});
