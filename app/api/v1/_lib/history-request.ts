import { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { type HistoryPeriod, historyPeriod } from "#lib/history-runs/history-period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import type { ApiCall } from "./api-route.ts";
import { HistoryInput } from "./history-runs.ts";
import { parameterError } from "./parameter-error.ts";
import { periodOf } from "./period.ts";
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
export async function historyRequest({
  request,
  url,
  sql,
  nowMs,
}: Pick<ApiCall, "request" | "url" | "sql" | "nowMs">): Promise<HistoryRequest> {
  parseQuery(NoParameters, url.searchParams);
  const input = HistoryInput.safeParse(await requestJson(request));
  if (!input.success) throw parameterError(input.error, []);
  const { from, to, ...names } = input.data;
  const timeZone = await organizationZone(sql);
  const period = historyPeriod(periodOf({ from, to }, timeZone, nowMs), timeZone, new Date(nowMs));
  return { filter: HistoryFilter.parse(names), period, timeZone };
}
