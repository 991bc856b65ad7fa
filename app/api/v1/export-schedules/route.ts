import { context } from "#app/_server/context.ts";
import { createSchedule } from "#lib/export-schedules/change-schedule.ts";
import { NewSchedule } from "#lib/export-schedules/schedule-input.ts";
import { listSchedules } from "#lib/export-schedules/schedule-rows.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { scheduleBody } from "../_lib/export-schedules.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export-schedules", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const [schedules, timeZone] = await Promise.all([
      listSchedules(sql, viewer),
      organizationZone(sql),
    ]);
    return json({ schedules: schedules.map((each) => scheduleBody(each, timeZone, nowMs)) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = NewSchedule.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    const options = { settings: context().config, now: new Date(nowMs) };
    const made = await createSchedule(sql, viewer, input.data, options);
    return json(scheduleBody(made, await organizationZone(sql), nowMs));
  },
});
