import type { Column } from "./column.ts";

/** Takes a piece of the file; waits while its reader is behind. */
export type WritePiece = (piece: string | Uint8Array) => Promise<unknown>;

/** Turns rows into a file. */
export type TableWriter<Row> = {
  readonly begin: () => Promise<void>;
  readonly add: (rows: readonly Row[]) => Promise<void>;
  /** @param totals What a second sheet says, in files that have one. */
  readonly finish: (totals: readonly (readonly [label: string, value: string])[]) => Promise<void>;
};

/** What is written: its columns, and what a file says of itself where its format has a place for it. */
export type TableShape<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly metadata?: Readonly<Record<string, string>>;
};
