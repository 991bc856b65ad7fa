import type { useTranslations } from "next-intl";
import type { ChartWords } from "#app/_charts/chart-data.ts";
import { groupName } from "#app/_components/group-name.ts";
import { periodBetween } from "#app/_period/period.ts";
import { MOST_VALUES, withAnyOf } from "#app/_query/filters.ts";
import { figureHref } from "#app/_query/links.ts";
import { behindHref, ofGroup } from "./behind-href.ts";
import type { ExploreQuery } from "./explore-pairs.ts";
import { groupOfKey } from "./group-key.ts";
import { isMoney } from "./measures.ts";

/** Where the table of all groups begins. */
export const ALL_GROUPS = "groups";

/** What the chart's series are called, and what is behind them and its bars. */
export function chartWords(
  query: ExploreQuery,
  locale: string,
  other: string,
  groups: ReturnType<typeof useTranslations<"Groups">>,
): ChartWords {
  const { groupBy, period, bucket } = query;
  return {
    ...{ locale, bucket, other, timeZone: period.timeZone },
    hrefOf: (start, end) => barHref(query, start, end),
    seriesHref: (keys) => seriesHref(query, keys),
    nameOf: (key) =>
      groupOfKey(groupBy, key)
        .map((value, place) => groupName(groupBy[place] ?? "team", value, groups))
        .join(" · "),
  };
}

function barHref(query: ExploreQuery, start: Date, end: Date): string {
  const { measure, period } = query;
  if (isMoney(measure)) {
    return figureHref(
      measure === "list_cost" ? { ...query, costBasis: "list" } : query,
      start,
      end,
    );
  }
  return behindHref({ ...query, period: periodBetween(start, end, period.timeZone) }, measure);
}

/** Of several series that no filter names together it is the table of all. */
export function seriesHref(query: ExploreQuery, keys: readonly (string | null)[]): string {
  const { groupBy, measure, filters } = query;
  const [dimension, second] = groupBy;
  const [key = null, ...more] = keys;
  if (more.length === 0) return behindHref(ofGroup(query, groupOfKey(groupBy, key)), measure);
  if (dimension === undefined || second !== undefined || keys.length > MOST_VALUES) {
    return `#${ALL_GROUPS}`;
  }
  return behindHref({ ...query, filters: withAnyOf(filters, dimension, keys) }, measure);
}
