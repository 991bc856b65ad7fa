import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatDays } from "#app/_format/format-time.ts";
import type { previousPeriod } from "#app/_period/previous-period.ts";
import type { UsageResult } from "#lib/reports/usage-query.ts";
import { exploreLines, totalLine } from "./explore-lines.ts";
import { csvOf, type ExploreQuery } from "./explore-pairs.ts";
import { ExploreTable } from "./explore-table.tsx";

/** The longest table that a page shows; the CSV has all rows. */
export const MOST_TABLE_ROWS = 10_000;

/** The figures of the chart over the whole period, a line for each group. */
export function TablePanel({
  query,
  result,
  previous,
  before,
}: {
  readonly query: ExploreQuery;
  readonly result: UsageResult;
  /** Null when nothing is compared. */
  readonly previous: UsageResult | null;
  readonly before: ReturnType<typeof previousPeriod>;
}) {
  const t = useTranslations("Explore");
  const groups = useTranslations("Groups");
  const locale = useLocale();
  const lines = exploreLines(query, result, previous);
  if (lines.length === 0) {
    return (
      <Panel title={t("table")}>
        <Empty title={groups("none")} />
      </Panel>
    );
  }
  const days = formatDays(before.from, before.to, locale, before.timeZone);
  const compared = query.compare ? t("comparedWith", { days }) : undefined;
  const shown = { shown: MOST_TABLE_ROWS, all: result.rowCount };
  return (
    <ExploreTable
      query={query}
      lines={lines}
      total={totalLine(query, result, previous)}
      previous={{ ...query.period, ...before, name: "custom" }}
      note={result.rowCount > MOST_TABLE_ROWS ? t("firstRows", shown) : compared}
      csvHref={csvOf(query, "none")}
    />
  );
}
