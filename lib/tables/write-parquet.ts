import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { parseUsd } from "#lib/money/money.ts";
import type { Cell, Column, ColumnKind } from "./column.ts";
import type { TableShape, TableWriter, WritePiece } from "./table-writer.ts";

const ROWS_OF_GROUP = 20_000;
/** Of the ledger's amounts: numeric(38,18). */
const DECIMAL = { precision: 38, scale: 18, bytes: 16 };

/**
 * One Parquet file, a row group at a time, so that no more than that is held.
 * Decimals are DECIMAL(38, 18), exact; counts INT64; times are UTC.
 */
export function parquetWriter<Row>(
  { columns, metadata = {} }: TableShape<Row>,
  write: WritePiece,
): TableWriter<Row> {
  const bytes = new ByteWriter();
  const leaves = columns.map(({ name, kind }) => ({
    name,
    repetition_type: "OPTIONAL" as const,
    ...elementOf(kind),
  }));
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: "root", num_children: leaves.length }, ...leaves],
    createdBy: "outlay",
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  let held: Row[] = [];
  /** The writer counts on `offset`, which goes on; only the buffer begins anew. */
  const flush = async () => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    await write(piece);
  };
  const writeGroup = async () => {
    const rows = held;
    held = [];
    if (rows.length === 0) return;
    await file.write({
      columnData: columns.map((column) => ({
        name: column.name,
        data: rows.map((row) => parquetValue(column, column.cell(row))),
      })),
      rowGroupSize: rows.length,
    });
    await flush();
  };
  return {
    begin: async () => {},
    add: async (rows) => {
      for (const row of rows) held.push(row);
      if (held.length >= ROWS_OF_GROUP) await writeGroup();
    },
    finish: async () => {
      await writeGroup();
      await file.finish();
      await flush();
    },
  };
}

function elementOf(kind: ColumnKind) {
  switch (kind) {
    case "decimal":
    case "amount":
      return {
        type: "FIXED_LEN_BYTE_ARRAY" as const,
        type_length: DECIMAL.bytes,
        converted_type: "DECIMAL" as const,
        precision: DECIMAL.precision,
        scale: DECIMAL.scale,
      };
    case "count":
      return { type: "INT64" as const };
    case "time":
      return { type: "INT64" as const, converted_type: "TIMESTAMP_MILLIS" as const };
    case "text":
    case "json":
      return { type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const };
  }
}

function parquetValue<Row>({ kind }: Column<Row>, cell: Cell): bigint | Date | string | null {
  if (cell === null || cell instanceof Date) return cell;
  if (kind === "count") return BigInt(cell);
  return kind === "decimal" || kind === "amount" ? parseUsd(cell) : cell;
}
