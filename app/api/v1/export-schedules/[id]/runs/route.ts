import { z } from "zod";
import { listRuns } from "#lib/export-schedules/run-log.ts";
import { findSchedule } from "#lib/export-schedules/schedule-rows.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../../../_lib/cursor.ts";
import { RunsParameters, runBody } from "../../../_lib/export-schedules.ts";
import { notFound } from "../../../_lib/problem.ts";
import { parseQuery } from "../../../_lib/query.ts";

const Position = z.string().regex(/^\d{1,18}$/);

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export-schedules/{id}/runs", {
  GET: async ({ url, params, viewer, sql }) => {
    const { limit, cursor } = parseQuery(RunsParameters, url.searchParams);
    const schedule = await findSchedule(sql, viewer, params.id ?? "");
    if (schedule === null) throw notFound("schedule");
    const question = questionOf(url);
    const before = cursor === undefined ? null : BigInt(decodeCursor(cursor, question, Position));
    const query = { scheduleId: schedule.id, limit: limit + 1, before };
    const found = await listRuns(sql, viewer, query);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && found.length > limit;
    return json({
      runs: page.map(runBody),
      next_cursor: hasMore ? encodeCursor(question, last.seq.toString()) : null,
    });
  },
});
