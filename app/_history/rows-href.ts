import { periodBetween } from "#app/_period/period.ts";
import type { Filters } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";

/** The ledger's rows that a change of history is about, of one day or of all. */
export type RowsHref = (filters: Filters, day?: Date) => string;

/** @param about What the change is of: only that is among the rows. */
export function rowsHref(
  { from, to }: { readonly from: Date; readonly to: Date },
  about: HistoryFilter,
  timeZone: string,
): RowsHref {
  const of = Object.entries(about).filter(([, name]) => name !== null && name !== undefined);
  const asked = Object.fromEntries(of.map(([dimension, name]) => [dimension, [name]]));
  return (filters, day) => {
    const end = day && new Date(nextUnitStart(day.getTime(), "day", timeZone));
    const period = periodBetween(day ?? from, end ?? to, timeZone);
    const all = { kind: ["model_call"], ...asked, ...filters };
    return pageHref("/events", { period, filters: all, costBasis: "effective" });
  };
}
