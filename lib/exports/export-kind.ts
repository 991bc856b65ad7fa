import type { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import type { RowSink } from "#lib/tables/row-sink.ts";
import type { TableShape } from "#lib/tables/table-writer.ts";

/** What a read of an export works with; `viewer` is whose figures it may show. */
export type ExportCall = {
  readonly sql: SqlClient;
  readonly viewer: Viewer;
  readonly now: Date;
};

/** Parameters as an address has them: text, and lists of it for filters. */
export type RawParameters = Readonly<Record<string, string | readonly string[]>>;

/** What is known before the first row. */
export type TableHead<Row> = TableShape<Row> & {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly asOf: Date;
  /** Null where only the last row tells. */
  readonly rowCount: number | null;
  /** What the page says of it, as an exact decimal; null where nothing is summed. */
  readonly total: string | null;
  readonly currency: string | null;
  /** With any, the total is a lower bound. */
  readonly unpricedCalls?: number;
  /** What was left out of the question and is now said: the period, the zone. */
  readonly asked?: Readonly<Record<string, string>>;
};

/** Takes the head of a table of any rows, and then its rows. */
export type TableSink = <Row>(head: TableHead<Row>) => ReturnType<RowSink<TableHead<Row>, Row>>;

export type ExportKind = {
  /** Which files besides CSV and JSON Lines, and the parameters, for descriptions. */
  readonly parameters: z.ZodObject;
  readonly summary: string;
  /**
   * @throws {ParameterError} naming every mistake of the parameters.
   * @throws {AppError} "forbidden" for who may not see the table.
   */
  readonly read: (call: ExportCall, raw: RawParameters, sink: TableSink) => Promise<void>;
  /** Refuses what `read` would refuse at once. @throws {ParameterError} */
  readonly check: (raw: RawParameters) => void;
};

/** One table that can be taken away as a file. */
export function exportKind<Parameters extends z.ZodObject>(kind: {
  readonly summary: string;
  readonly parameters: Parameters;
  readonly read: (call: ExportCall, input: z.output<Parameters>, sink: TableSink) => Promise<void>;
}): ExportKind {
  const { summary, parameters, read } = kind;
  const parse = (raw: RawParameters): z.output<Parameters> => {
    const parsed = parameters.safeParse(raw);
    if (parsed.success) return parsed.data;
    throw parameterError(parsed.error, Object.keys(parameters.shape));
  };
  return {
    summary,
    parameters,
    read: (call, raw, sink) => read(call, parse(raw), sink),
    check: (raw) => void parse(raw),
  };
}
