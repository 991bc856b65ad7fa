"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { CsvLink } from "../csv-link.tsx";
import { Panel } from "../panel.tsx";
import { HeadCell } from "../table.tsx";
import { ColumnChooser } from "./column-chooser.tsx";
import { cellWidth, columnWidth, type TableColumn } from "./table-column.ts";
import { TableLine, TableTotals } from "./table-lines.tsx";
import { useDataTable } from "./use-data-table.ts";
import type { Sort } from "./view-params.ts";
import { VirtualRows } from "./virtual-rows.tsx";

/** With more rows the table scrolls by itself and holds those in sight only. */
const MOST_PLAIN_ROWS = 100;

/**
 * A panel with a table that can be sorted and whose columns can be chosen; both
 * stand in the page's address. Long tables keep their head and their total in
 * sight, and ten thousand rows are as quick as ten.
 */
export function DataTable<Row extends object>({
  title,
  note,
  csvHref,
  columns,
  rows,
  keyOf,
  firstSort,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  /** The download of the same figures. */
  readonly csvHref?: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly firstSort: Sort;
}) {
  const { shown, lines, sort, sortBy, isChosen, choose } = useDataTable({
    ...{ columns, rows, keyOf, firstSort },
  });
  const scroller = useRef<HTMLElement>(null);
  const isLong = lines.length > MOST_PLAIN_ROWS;
  return (
    <Panel
      title={title}
      note={note}
      actions={
        <>
          <ColumnChooser columns={columns} shown={shown} isChosen={isChosen} onChoose={choose} />
          {csvHref !== undefined && <CsvLink href={csvHref} what={title} />}
        </>
      }
    >
      <section
        ref={scroller}
        className={`scroll-x relative ${isLong ? "max-h-[min(46rem,80dvh)] overflow-y-auto" : ""}`}
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
        tabIndex={0}
      >
        <table
          className={`w-full border-separate border-spacing-0 text-left ${isLong ? "table-fixed" : ""}`}
          {...(isLong && {
            "aria-rowcount": lines.length + 1,
            style: {
              minWidth: `${shown.filter(({ from }) => from === undefined).length * 5.5}rem`,
            },
          })}
        >
          <caption className="sr-only">{title}</caption>
          {isLong && <Widths columns={shown} />}
          <Head columns={shown} sort={sort} onSort={sortBy} isSticky={isLong} />
          {isLong ? (
            <VirtualRows lines={lines} columns={shown} keyOf={keyOf} scroller={scroller} />
          ) : (
            <tbody>
              {lines.map((line) => (
                <TableLine key={keyOf(line)} line={line} columns={shown} />
              ))}
            </tbody>
          )}
          <TableTotals
            columns={shown}
            className={isLong ? "sticky bottom-0 z-10 bg-surface" : ""}
          />
        </table>
      </section>
    </Panel>
  );
}

/** Columns keep their place while rows come and go: those with words get twice the room of figures. */
function Widths<Row>({ columns }: { readonly columns: readonly TableColumn<Row>[] }) {
  const shares = columns.map(({ numeric = false }) => (numeric ? 1 : 2));
  const all = shares.reduce<number>((sum, share) => sum + share, 0);
  return (
    <colgroup>
      {columns.map(({ id, from }, index) => (
        <col
          key={id}
          className={columnWidth(from)}
          style={{ width: `${(100 * (shares[index] ?? 1)) / all}%` }}
        />
      ))}
    </colgroup>
  );
}

function Head<Row>({
  columns,
  sort,
  onSort,
  isSticky,
}: {
  readonly columns: readonly TableColumn<Row>[];
  readonly sort: Sort;
  readonly onSort: (id: string) => void;
  readonly isSticky: boolean;
}) {
  const t = useTranslations("Table");
  return (
    <thead className={isSticky ? "sticky top-0 z-10 bg-surface" : ""}>
      <tr>
        {columns.map(({ id, label, numeric = false, from, className = "", sortBy }) => {
          const direction = sort.id !== id ? "none" : sort.desc ? "descending" : "ascending";
          const look = `${cellWidth(from)} ${className}`;
          if (sortBy === undefined) {
            return (
              <HeadCell key={id} numeric={numeric} className={look}>
                {label}
              </HeadCell>
            );
          }
          const Arrow = sort.desc ? ArrowDown : ArrowUp;
          return (
            <HeadCell key={id} numeric={numeric} className={look} aria-sort={direction}>
              <button
                type="button"
                onClick={() => onSort(id)}
                title={t("sortBy", { column: label })}
                className="inline-flex min-h-6 items-center gap-1 hover:text-text"
              >
                {direction !== "none" && <Arrow className="size-3" aria-hidden />}
                {label}
              </button>
            </HeadCell>
          );
        })}
      </tr>
    </thead>
  );
}
