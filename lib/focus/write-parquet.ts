import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { parseUsd } from "#lib/money/money.ts";
import type { FocusFormat, FocusVersion } from "./columns.ts";
import type { FocusRow } from "./focus-row.ts";
import { writtenColumns } from "./write-rows.ts";

const ROWS_OF_GROUP = 20_000;
/** Of the ledger's amounts: numeric(38,18). */
const DECIMAL = { precision: 38, scale: 18, bytes: 16 };

/**
 * Writes rows as one Parquet file, a row group at a time, so that no more than
 * that is held. Decimals are DECIMAL(38, 18), exact; times are UTC.
 */
export class FocusParquet {
  readonly #columns: ReturnType<typeof writtenColumns>;
  readonly #bytes = new ByteWriter();
  readonly #file: ParquetWriter;
  readonly #write: (bytes: Uint8Array) => Promise<unknown>;
  #held: FocusRow[] = [];

  constructor(version: FocusVersion, write: (bytes: Uint8Array) => Promise<unknown>) {
    this.#columns = writtenColumns(version);
    this.#write = write;
    const leaves = this.#columns.map(({ name, format }) => ({
      name,
      repetition_type: "OPTIONAL" as const,
      ...elementOf(format),
    }));
    this.#file = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: "root", num_children: leaves.length }, ...leaves],
      createdBy: "outlay",
      kvMetadata: [{ key: "FocusVersion", value: version }],
    });
  }

  async add(rows: readonly FocusRow[]): Promise<void> {
    this.#held.push(...rows);
    if (this.#held.length >= ROWS_OF_GROUP) await this.#writeGroup();
  }

  async finish(): Promise<void> {
    await this.#writeGroup();
    await this.#file.finish();
    await this.#flush();
  }

  async #writeGroup(): Promise<void> {
    const rows = this.#held;
    this.#held = [];
    if (rows.length === 0) return;
    await this.#file.write({
      columnData: this.#columns.map(({ column, name, format }) => ({
        name,
        data: rows.map((row) => cellOf(row[column], format)),
      })),
      rowGroupSize: rows.length,
    });
    await this.#flush();
  }

  /** The writer counts on `offset`, which goes on; only the buffer begins anew. */
  async #flush(): Promise<void> {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    await this.#write(bytes);
  }
}

function elementOf(format: FocusFormat) {
  if (format === "decimal") {
    return {
      type: "FIXED_LEN_BYTE_ARRAY" as const,
      type_length: DECIMAL.bytes,
      converted_type: "DECIMAL" as const,
      precision: DECIMAL.precision,
      scale: DECIMAL.scale,
    };
  }
  if (format === "time") {
    return { type: "INT64" as const, converted_type: "TIMESTAMP_MILLIS" as const };
  }
  return { type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const };
}

function cellOf(text: string | null, format: FocusFormat): bigint | Date | string | null {
  if (text === null) return null;
  if (format === "decimal") return parseUsd(text);
  return format === "time" ? new Date(text) : text;
}
