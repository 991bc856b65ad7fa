import { CsvLink } from "#app/_components/csv-link.tsx";
import type { Period } from "#app/_period/period.ts";
import { costPairs, hrefWith, periodQuestion } from "#app/_query/links.ts";
import type { QualityTable } from "#lib/reports/quality-tables.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";

/** The file of one table of this page. */
export function QualityCsv({
  table,
  period,
  costBasis = "effective",
  what,
}: {
  readonly table: QualityTable;
  readonly period: Period;
  /** Of tables with amounts, which of the four costs they are. */
  readonly costBasis?: CostBasis;
  readonly what: string;
}) {
  const asked: [string, string][] = [
    ["table", table],
    ...periodQuestion(period),
    ...costPairs(costBasis),
  ];
  return <CsvLink href={hrefWith("/api/v1/export/data-quality.csv", asked)} what={what} />;
}
