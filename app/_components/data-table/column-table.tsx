import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { HeadCell, Table } from "../table.tsx";
import { cellWidth, type TableColumn } from "./table-column.ts";
import { TableLine, TableTotals } from "./table-lines.tsx";
import type { Sort } from "./view-params.ts";

/** The order that rows are given in, and the address of each other one; for the columns that have one. */
export type Sorting = {
  readonly sort: Sort | null;
  readonly hrefOf: (id: string) => string | null;
};

/** A table in the order that it is given, for few rows: made on the server, without a script. */
export function ColumnTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
  classOf,
  sorting,
}: {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly classOf?: (row: Row) => string;
  readonly sorting?: Sorting;
}) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          {columns.map(({ id, label, numeric = false, from, className = "" }) => (
            <HeadCell
              key={id}
              numeric={numeric}
              className={`${cellWidth(from)} ${className}`}
              {...(sorting?.sort?.id === id && {
                "aria-sort": sorting.sort.desc ? "descending" : "ascending",
              })}
            >
              <HeadName id={id} label={label} sorting={sorting} />
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

function HeadName({
  id,
  label,
  sorting,
}: {
  readonly id: string;
  readonly label: string;
  readonly sorting: Sorting | undefined;
}) {
  const t = useTranslations("Table");
  const href = sorting?.hrefOf(id) ?? null;
  if (href === null) return label;
  const isSorted = sorting?.sort?.id === id;
  const Arrow = sorting?.sort?.desc === true ? ArrowDown : ArrowUp;
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      title={t("sortBy", { column: label })}
      className="inline-flex min-h-6 items-center gap-1 hover:text-text"
    >
      {isSorted && <Arrow className="size-3" aria-hidden />}
      {label}
    </Link>
  );
}
