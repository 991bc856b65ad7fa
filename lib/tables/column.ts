import { type CurrencyAmount, parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";

/**
 * What a column holds, whatever file it is written to:
 * - `text`: from outside, may be anything. `json`: JSON as text.
 * - `count`: whole numbers. `decimal`: exact decimals, numbers also in JSON.
 * - `amount`: money, exact; a decimal string in JSON, as everywhere in the API.
 * - `time`: an instant.
 */
export type ColumnKind = "text" | "json" | "count" | "decimal" | "amount" | "time";

/** A cell as it is written; numbers as exact decimals in text. Null: unknown. */
export type Cell = string | Date | null;

export type Column<Row> = {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Whether its sum is among the control totals: of money, not of unit prices. */
  readonly isSummed: boolean;
  readonly cell: (row: Row) => Cell;
};

type Maybe<Value> = Value | null | undefined;

export function text<Row>(name: string, of: (row: Row) => Maybe<string>): Column<Row> {
  return { name, kind: "text", isSummed: false, cell: (row) => of(row) ?? null };
}

/** What is told as it is, whole. */
export function json<Row>(name: string, of: (row: Row) => unknown): Column<Row> {
  return {
    ...{ name, kind: "json", isSummed: false },
    cell: (row) => JSON.stringify(of(row)) ?? null,
  };
}

export function count<Row>(
  name: string,
  of: (row: Row) => Maybe<number | bigint | string>,
): Column<Row> {
  return { name, kind: "count", isSummed: false, cell: (row) => of(row)?.toString() ?? null };
}

export function time<Row>(name: string, of: (row: Row) => Maybe<Date>): Column<Row> {
  return { name, kind: "time", isSummed: false, cell: (row) => of(row) ?? null };
}

/** A decimal that is no money, or no sum: a rate, a limit. */
export function decimal<Row>(name: string, of: (row: Row) => Maybe<string>): Column<Row> {
  return { name, kind: "decimal", isSummed: false, cell: (row) => of(row) ?? null };
}

/** Money whose sum means something. */
export function amount<Row>(
  name: string,
  of: (row: Row) => Maybe<Usd | CurrencyAmount | string>,
): Column<Row> {
  return { name, kind: "amount", isSummed: true, cell: (row) => decimalOf(of(row)) };
}

export function sumsOf<Row>(columns: readonly Column<Row>[]) {
  const summed = columns.filter(({ isSummed }) => isSummed).map((column) => ({ column, sum: 0n }));
  return {
    add(rows: readonly Row[]): void {
      for (const one of summed) {
        for (const row of rows) {
          const cell = one.column.cell(row);
          if (typeof cell === "string") one.sum += parseUsd(cell);
        }
      }
    },
    /** By the name of the column, as exact decimals. */
    read: (): Readonly<Record<string, string>> =>
      Object.fromEntries(summed.map(({ column, sum }) => [column.name, toDecimal(sum as Usd)])),
  };
}

function decimalOf(value: Maybe<Usd | CurrencyAmount | string>): string | null {
  return typeof value === "bigint" ? toDecimal(value) : (value ?? null);
}
