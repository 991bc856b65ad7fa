import type { ReactNode } from "react";

/**
 * One column of a table of `Row`s: what it says, and how it takes part in
 * sorting. The first column names the row.
 */
export type TableColumn<Row> = {
  /** As it stands in a page's address. */
  readonly id: string;
  readonly label: string;
  readonly numeric?: boolean;
  /** The narrowest window that has room for it; a column that was chosen always shows. */
  readonly from?: WindowWidth;
  readonly cell: (row: Row) => ReactNode;
  readonly className?: string;
  /** What stands below all rows. */
  readonly total?: ReactNode;
  /** What its order is by, undefined where nothing is known; a column without it is not sorted by. */
  readonly sortBy?: (row: Row) => SortValue | undefined;
};

export type SortValue = string | number | bigint;

/** Tailwind's breakpoints. */
export const WINDOW_WIDTHS = { sm: "40rem", md: "48rem", lg: "64rem", "2xl": "96rem" } as const;
export type WindowWidth = keyof typeof WINDOW_WIDTHS;

const CELLS: { readonly [W in WindowWidth]: string } = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  "2xl": "hidden 2xl:table-cell",
};
const COLUMNS: { readonly [W in WindowWidth]: string } = {
  sm: "hidden sm:table-column",
  md: "hidden md:table-column",
  lg: "hidden lg:table-column",
  "2xl": "hidden 2xl:table-column",
};

/** The class that hides a column's cells where there is no room. */
export function cellWidth(from: WindowWidth | undefined): string {
  return from === undefined ? "" : CELLS[from];
}

/** The same for its `<col>`. */
export function columnWidth(from: WindowWidth | undefined): string {
  return from === undefined ? "" : COLUMNS[from];
}
