"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type ReactNode, type RefObject } from "react";
import { Room } from "#app/_components/data-table/virtual-rows.tsx";
import type { LineProps } from "./tree-lines.tsx";
import type { TreeLine } from "./use-tree.ts";

const LINE_HEIGHT = 37;
const OVERSCAN = 12;
/** What the server takes the tree's height for. */
const FIRST_HEIGHT = 700;

/** Those lines of a tree that are in sight, and the one that keys go to, wherever it is. */
export function TreeBody({
  lines,
  current,
  body,
  scroller,
  onFocus,
  children,
}: {
  readonly lines: readonly TreeLine[];
  readonly current: number;
  readonly body: RefObject<HTMLTableSectionElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onFocus: (index: number) => void;
  readonly children: (line: TreeLine, props: LineProps) => ReactNode;
}) {
  const virtualizer = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: OVERSCAN,
    // The row with the focus must not go, or the keyboard would start again at the top.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), current])].sort((a, b) => a - b),
    initialRect: { width: 0, height: FIRST_HEIGHT },
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  return (
    <tbody ref={body}>
      {items.map(({ index, key, start }, place) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <Fragment key={key}>
            <Room height={start - (items[place - 1]?.end ?? 0)} />
            {children(line, {
              ref: virtualizer.measureElement,
              "data-index": index,
              // The head is row 1.
              "aria-rowindex": index + 2,
              tabIndex: index === current ? 0 : -1,
              onFocus: () => onFocus(index),
            })}
          </Fragment>
        );
      })}
      <Room height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </tbody>
  );
}

function keyOf(line: TreeLine | undefined, index: number): string | number {
  if (line === undefined) return index;
  return line.kind === "node" ? line.row.id : `more ${line.parent}`;
}
