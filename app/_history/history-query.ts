import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import { AppError } from "#lib/errors.ts";
import { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { type HistoryPeriod, historyPeriod } from "#lib/history-runs/history-period.ts";
import { because } from "#lib/refusals/reason.ts";
import { localDate, startOfDate } from "#lib/time/calendar.ts";

/** What was chosen, as it was sent; days are `2026-11-22` or empty, `until` is the last one. */
export type HistoryFormQuery = {
  readonly from: string;
  readonly until: string;
  readonly provider: string;
  readonly model: string;
  readonly team: string;
};

/** What a page or an action asks with; by default all of last month. */
export function readHistoryQuery(
  sent: SearchParams | FormData,
  timeZone: string,
  now: Date,
): HistoryFormQuery {
  const field = (name: string) => {
    const value = sent instanceof FormData ? sent.get(name) : firstOf(sent[name]);
    return typeof value === "string" ? value.trim().slice(0, 200) : "";
  };
  const { year, month } = localDate(now.getTime(), timeZone);
  return {
    from: field("from") || dateText(year, month - 1, 1),
    until: field("until") || dateText(year, month, 0),
    ...{ provider: field("provider"), model: field("model"), team: field("team") },
  };
}

/** @throws {AppError} "invalid" when a day is none, or the period is none that history may be changed for. */
export function historyChoiceOf(
  { from, until, ...names }: HistoryFormQuery,
  timeZone: string,
  now: Date,
): { readonly period: HistoryPeriod; readonly filter: HistoryFilter } {
  const given = { from: startOf(from, 0, timeZone), to: startOf(until, 1, timeZone) };
  const filter = HistoryFilter.parse(
    Object.fromEntries(Object.entries(names).filter(([, name]) => name !== "")),
  );
  return { period: historyPeriod(given, timeZone, now), filter };
}

function startOf(day: string, later: number, timeZone: string): Date {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (date === undefined) throw new AppError(because("no_day", { text: day }), { code: "invalid" });
  return new Date(startOfDate(Number(year), Number(month), Number(date) + later, timeZone));
}

/** Months and days may run over, as in Date.UTC. */
function dateText(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
