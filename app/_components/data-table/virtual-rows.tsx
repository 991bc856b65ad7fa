"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import type { TableColumn } from "./table-column.ts";
import { TableLine } from "./table-lines.tsx";

const LINE_HEIGHT = 37;
/** Rows beyond the edge: Tab finds the next link before it is in sight. */
const OVERSCAN = 12;
/** What the server takes the table's height for. */
const FIRST_HEIGHT = 700;

/** Those rows of a long table that are in sight, and room for all others. */
export function VirtualRows<Row>({
  lines,
  columns,
  keyOf,
  scroller,
}: {
  readonly lines: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly scroller: RefObject<HTMLElement | null>;
}) {
  const virtualizer = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => {
      const line = lines[index];
      return line === undefined ? index : keyOf(line);
    },
    overscan: OVERSCAN,
    initialRect: { width: 0, height: FIRST_HEIGHT },
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <tbody>
      <Room height={above} />
      {items.map(({ index, key }) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <TableLine
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            // The head is row 1.
            aria-rowindex={index + 2}
            line={line}
            columns={columns}
          />
        );
      })}
      <Room height={below} />
    </tbody>
  );
}

/** In place of the rows that are out of sight. */
export function Room({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}
