import { context } from "#app/_server/context.ts";
import { changeSchedule, deleteSchedule } from "#lib/export-schedules/change-schedule.ts";
import { ScheduleChange } from "#lib/export-schedules/schedule-input.ts";
import { findSchedule } from "#lib/export-schedules/schedule-rows.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { scheduleBody } from "../../_lib/export-schedules.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestJson } from "../../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export-schedules/{id}", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const found = await findSchedule(sql, viewer, params.id ?? "");
    if (found === null) throw notFound("schedule");
    return json(scheduleBody(found, await organizationZone(sql), nowMs));
  },
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const change = ScheduleChange.safeParse(await requestJson(request));
    if (!change.success) throw parameterError(change.error, []);
    const after = await changeSchedule(sql, viewer, params.id ?? "", {
      ...{ change: change.data, settings: context().config, now: new Date(nowMs) },
    });
    return json(scheduleBody(after, await organizationZone(sql), nowMs));
  },
  DELETE: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    await deleteSchedule(sql, viewer, id);
    return json({ id, deleted: true });
  },
});
