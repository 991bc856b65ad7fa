import { HeadCell, Table } from "../table.tsx";
import { cellWidth, type TableColumn } from "./table-column.ts";
import { TableLine, TableTotals } from "./table-lines.tsx";

/** A table in the order that it is given, for few rows: made on the server, without a script. */
export function ColumnTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
  classOf,
}: {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly classOf?: (row: Row) => string;
}) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          {columns.map(({ id, label, numeric = false, from, className = "" }) => (
            <HeadCell key={id} numeric={numeric} className={`${cellWidth(from)} ${className}`}>
              {label}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableLine
            key={keyOf(row)}
            line={row}
            columns={columns}
            {...(classOf && { className: classOf(row) })}
          />
        ))}
      </tbody>
      <TableTotals columns={columns} />
    </Table>
  );
}
