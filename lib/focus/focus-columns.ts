import type { Column } from "#lib/tables/column.ts";
import { COLUMNS_1_4, type FocusFormat, type FocusVersion, nameIn } from "./columns.ts";
import { type FocusRow, formatOfOwn, WRITTEN, type WrittenColumn } from "./focus-row.ts";

type Written = {
  readonly column: WrittenColumn;
  readonly name: string;
  readonly format: FocusFormat;
};

/** The columns of a file by the names of its version. 1.2 asks for the publisher of everything. */
function writtenColumns(version: FocusVersion): readonly Written[] {
  const columns = WRITTEN.flatMap((column) => {
    const name = nameIn(version, column);
    const format = COLUMNS_1_4[column]?.format ?? formatOfOwn(column);
    return name === null ? [] : [{ column, name, format }];
  });
  const isOwn = ({ name }: Written) => name.startsWith("x_");
  const ofFocus = columns.filter((column) => !isOwn(column));
  return [...ofFocus.toSorted((a, b) => (a.name < b.name ? -1 : 1)), ...columns.filter(isOwn)];
}

const COSTS: readonly WrittenColumn[] = [
  "BilledCost",
  "ContractedCost",
  "EffectiveCost",
  "ListCost",
];

/** The columns as a table; numbers by type, so that no guard for text touches a negative amount. */
export function focusColumns(version: FocusVersion): readonly Column<FocusRow>[] {
  return writtenColumns(version).map(({ column, name, format }) => ({
    name,
    kind: format === "currency" ? "text" : format,
    isSummed: COSTS.includes(column),
    cell: (row) => {
      const text = row[column];
      return text !== null && format === "time" ? new Date(text) : text;
    },
  }));
}
