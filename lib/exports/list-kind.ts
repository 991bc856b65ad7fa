import type { z } from "zod";
import type { Column } from "#lib/tables/column.ts";
import { type ExportCall, type ExportKind, exportKind } from "./export-kind.ts";

/** A table that is read whole and sums nothing up, as it stands now. */
export function listKind<Parameters extends z.ZodObject, Row>(kind: {
  readonly summary: string;
  /** Of the file, without its day. */
  readonly name: string;
  readonly parameters: Parameters;
  readonly columns: readonly Column<Row>[];
  /** @throws {AppError} "forbidden" for who may not see the table. */
  readonly rows: (call: ExportCall, input: z.output<Parameters>) => Promise<readonly Row[]>;
}): ExportKind {
  const { summary, name, parameters, columns } = kind;
  return exportKind({
    summary,
    parameters,
    read: async (call, input, sink) => {
      const rows = await kind.rows(call, input);
      const add = await sink({
        name: `outlay-${name}-${call.now.toISOString().slice(0, 10)}`,
        ...{ columns, asOf: call.now, rowCount: rows.length, total: null, currency: null },
      });
      await add(rows);
    },
  });
}
