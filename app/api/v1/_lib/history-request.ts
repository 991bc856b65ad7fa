import type { z } from "zod";
import { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { type HistoryPeriod, historyPeriod } from "#lib/history-runs/history-period.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import type { ApiCall } from "./api-route.ts";
import type { HistoryInput } from "./history-runs.ts";
import { NoParameters, parseQuery } from "./query.ts";
import { requestJson } from "./request-json.ts";

export type HistoryRequest = {
  readonly filter: HistoryFilter;
  readonly period: HistoryPeriod;
  readonly timeZone: string;
};

/**
 * Reads what a change of history is asked for with.
 *
 * @throws {AppError} "invalid" naming every mistake, and for parts of days.
 */
export async function historyRequest<Input extends z.output<typeof HistoryInput>>(
  { request, url, sql, nowMs }: Pick<ApiCall, "request" | "url" | "sql" | "nowMs">,
  schema: z.ZodType<Input>,
): Promise<HistoryRequest & Omit<Input, keyof z.output<typeof HistoryInput>>> {
  parseQuery(NoParameters, url.searchParams);
  const input = schema.safeParse(await requestJson(request));
  if (!input.success) throw parameterError(input.error, []);
  const { from, to, provider, model, team, ...more } = input.data;
  const timeZone = await organizationZone(sql);
  const asked = periodOf({ from, to }, timeZone, nowMs);
  const period = historyPeriod(asked, timeZone, new Date(nowMs));
  return { ...more, filter: HistoryFilter.parse({ provider, model, team }), period, timeZone };
}
