import { type Filters, filterPairs } from "#app/_query/filters.ts";
import { daysPairs, hrefWith } from "#app/_query/links.ts";
import type { Anomaly } from "#lib/anomaly-control/anomaly.ts";
import { explainedSpan, windowOf } from "#lib/anomaly-control/window.ts";
import { localDay } from "#lib/time/calendar.ts";

/** Where the figures of an anomaly come from, narrowed further. */
export type FigureLinks = {
  /** The rows of the ledger that were spent in its time. */
  readonly rows: (filters?: Filters) => string;
  /** The same by hour or day beside the times that it is compared with. */
  readonly compared: (filters?: Filters, more?: readonly [string, string][]) => string;
};

export function figureLinks(
  { source, scope, startsAt, endsAt }: Pick<Anomaly, "source" | "scope" | "startsAt" | "endsAt">,
  timeZone: string,
): FigureLinks {
  const own = Object.fromEntries(
    (["team", "model", "agent"] as const).flatMap((name) =>
      scope[name] === undefined ? [] : [[name, [scope[name]]]],
    ),
  );
  const { unit, ...span } = explainedSpan(
    source,
    { startsAt: startsAt.getTime(), endsAt: endsAt.getTime() },
    timeZone,
  );
  const { past } = windowOf(unit, span, { timeZone, firstDay: 0 });
  const firstMs = past.at(-1)?.[0] ?? span.startsAt;
  const moments = daysPairs(
    new Date(span.startsAt).toISOString(),
    new Date(span.endsAt).toISOString(),
  );
  const days = daysPairs(localDay(firstMs, timeZone), localDay(span.endsAt - 1, timeZone));
  return {
    rows: (filters = {}) =>
      hrefWith("/events", [...moments, ...filterPairs({ ...own, ...filters })]),
    compared: (filters = {}, more = []) =>
      hrefWith("/explore", [
        ...days,
        ["bucket", unit],
        ...filterPairs({ ...own, ...filters }),
        ...more,
      ]),
  };
}
