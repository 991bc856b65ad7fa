"use client";

import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useLocale } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { comparing } from "./compare.ts";
import type { SortValue, TableColumn } from "./table-column.ts";
import { type Sort, VIEW_PARAMS } from "./view-params.ts";

const FEATURES = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

/**
 * The rows in the order, and the columns in the choice, that the page's address
 * asks for. `firstSort` and all columns need no words there.
 */
export function useDataTable<Row extends object>({
  columns,
  rows,
  keyOf,
  firstSort,
}: {
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly firstSort: Sort;
}) {
  const locale = useLocale();
  // The server is not asked: the rows are here.
  const [view, change] = useQueryStates(VIEW_PARAMS, { history: "push", scroll: false });
  const compare = useMemo(() => comparing(locale), [locale]);
  const definitions = useMemo(
    () => columns.map((column) => toDefinition(column, compare)),
    [columns, compare],
  );
  const isSortable = columns.some(({ id, sortBy }) => id === view.sort?.id && sortBy !== undefined);
  const sort = (isSortable && view.sort) || firstSort;
  const chosen = chosenColumns(columns, view.columns);
  const table = useTable({
    features: FEATURES,
    columns: definitions,
    data: rows,
    getRowId: keyOf,
    enableMultiSort: false,
    enableSortingRemoval: false,
    state: {
      sorting: [sort],
      columnVisibility: Object.fromEntries(columns.map(({ id }) => [id, chosen?.has(id) ?? true])),
    },
    onSortingChange: (update) => {
      const [next] = typeof update === "function" ? update([sort]) : update;
      const isFirst = next?.id === firstSort.id && next.desc === firstSort.desc;
      void change({ sort: next === undefined || isFirst ? null : next });
    },
  });
  const shown = table.getVisibleLeafColumns().flatMap(({ id }): TableColumn<Row>[] => {
    const column = columns.find((one) => one.id === id);
    if (column === undefined) return [];
    // What somebody chose is shown whatever the room.
    const { from: _, ...always } = column;
    return [chosen === null ? column : always];
  });
  return {
    shown,
    lines: table.getRowModel().rows.map(({ original }) => original),
    sort,
    sortBy: (id: string) => table.getColumn(id)?.toggleSorting(),
    isChosen: chosen !== null,
    choose: (ids: readonly string[] | null) => void change({ columns: ids && [...ids] }),
  };
}

function toDefinition<Row extends object>(
  { id, numeric = false, sortBy }: TableColumn<Row>,
  compare: (a: SortValue, b: SortValue) => number,
): ColumnDef<typeof FEATURES, Row> {
  return {
    id,
    accessorFn: (row) => sortBy?.(row),
    enableSorting: sortBy !== undefined,
    sortDescFirst: numeric,
    sortUndefined: "last",
    sortFn: (a, b) => compare(a.getValue<SortValue>(id), b.getValue<SortValue>(id)),
  };
}

/** The ids that were chosen, with the column that names the rows; null where nothing was. */
function chosenColumns<Row>(
  columns: readonly TableColumn<Row>[],
  ids: readonly string[] | null,
): ReadonlySet<string> | null {
  const known = columns.filter(({ id }) => ids?.includes(id)).map(({ id }) => id);
  const [first] = columns;
  return known.length === 0 || first === undefined ? null : new Set([first.id, ...known]);
}
