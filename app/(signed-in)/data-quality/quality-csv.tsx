import { CsvLink } from "#app/_components/csv-link.tsx";
import type { Period } from "#app/_period/period.ts";
import { hrefWith, periodQuestion } from "#app/_query/links.ts";
import type { QualityTable } from "#lib/reports/quality-tables.ts";

/** The file of one table of this page. */
export function QualityCsv({
  table,
  period,
  what,
}: {
  readonly table: QualityTable;
  readonly period: Period;
  readonly what: string;
}) {
  const asked: [string, string][] = [["table", table], ...periodQuestion(period)];
  return <CsvLink href={hrefWith("/api/v1/export/data-quality.csv", asked)} what={what} />;
}
