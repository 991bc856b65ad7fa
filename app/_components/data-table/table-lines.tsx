import type { ComponentProps, ReactNode } from "react";
import { Cell, Row, RowHead } from "../table.tsx";
import { cellWidth, type TableColumn } from "./table-column.ts";

/** One row of a table, a cell for each of its columns. */
export function TableLine<Line>({
  line,
  columns,
  ...rest
}: Omit<ComponentProps<"tr">, "children"> & {
  readonly line: Line;
  readonly columns: readonly TableColumn<Line>[];
}) {
  return (
    <Row {...rest}>
      {columns.map((column, index) => (
        <TableCell key={column.id} column={column} isHead={index === 0}>
          {column.cell(line)}
        </TableCell>
      ))}
    </Row>
  );
}

/** What all rows come to; nothing where no column says so. */
export function TableTotals<Line>({
  columns,
  className = "",
}: {
  readonly columns: readonly TableColumn<Line>[];
  readonly className?: string;
}) {
  if (columns.every(({ total }) => total === undefined)) return null;
  return (
    <tfoot className={className}>
      <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
        {columns.map((column, index) => (
          <TableCell key={column.id} column={column} isHead={index === 0} className="font-medium">
            {column.total}
          </TableCell>
        ))}
      </tr>
    </tfoot>
  );
}

function TableCell<Line>({
  column: { numeric = false, from, className: own = "" },
  isHead,
  className = "",
  children,
}: {
  readonly column: TableColumn<Line>;
  readonly isHead: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const look = `${cellWidth(from)} ${own} ${className}`;
  if (isHead) return <RowHead className={look}>{children}</RowHead>;
  return (
    <Cell numeric={numeric} className={look}>
      {children}
    </Cell>
  );
}
