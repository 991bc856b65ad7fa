"use client";

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { TreeLine } from "./use-tree.ts";

/**
 * Moves through the rows of a tree grid by keyboard, as the ARIA practices have
 * it: one row is in the order of Tab; up and down, Home and End move; right
 * opens or goes in, left closes or goes out; Enter opens what the row is about.
 */
export function useTreeKeys(
  lines: readonly TreeLine[],
  toggle: (line: TreeLine, wanted: boolean) => void,
) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [at, setAt] = useState(0);
  const current = Math.min(at, lines.length - 1);
  const hasFocus = useRef(false);

  // A line with the focus that gave way to what was loaded leaves it to the row in its place.
  useLayoutEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) {
      rowAt(body.current, current)?.focus();
    }
  });

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, index));
    // A row out of sight is made first.
    flushSync(() => setAt(next));
    rowAt(body.current, next)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys in a row are the row's; in its links and buttons only the arrows are.
    const isRow = event.target instanceof HTMLTableRowElement;
    // Where that row is now: rows loaded above it moved it without a new focus.
    const row = event.target instanceof Element ? event.target.closest("tr") : null;
    const place = Number(row?.dataset.index ?? current);
    const line = lines[place];
    if (line === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = actionOf(event.key, line, lines, place);
    if (act === null || (event.key === "Enter" && !isRow)) return;
    event.preventDefault();
    if (act.kind === "move") moveTo(act.to);
    else if (act.kind === "toggle") toggle(line, act.wanted);
    else row?.querySelector<HTMLElement>("a, [data-more]")?.click();
  };
  const onFocus = (index: number) => {
    hasFocus.current = true;
    setAt(index);
  };
  const onBlur = () => {
    hasFocus.current = false;
  };
  return { body, current, onKeyDown, onFocus, onBlur };
}

function rowAt(body: HTMLElement | null, index: number): HTMLElement | null {
  return body?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
}

type KeyAction =
  | { readonly kind: "move"; readonly to: number }
  | { readonly kind: "toggle"; readonly wanted: boolean }
  | { readonly kind: "enter" };

function actionOf(
  key: string,
  line: TreeLine,
  lines: readonly TreeLine[],
  at: number,
): KeyAction | null {
  const isOpen = line.kind === "node" && line.isOpen;
  switch (key) {
    case "ArrowDown":
      return { kind: "move", to: at + 1 };
    case "ArrowUp":
      return { kind: "move", to: at - 1 };
    case "Home":
      return { kind: "move", to: 0 };
    case "End":
      return { kind: "move", to: lines.length - 1 };
    case "ArrowRight":
      return isOpen ? { kind: "move", to: at + 1 } : { kind: "toggle", wanted: true };
    case "ArrowLeft":
      return isOpen ? { kind: "toggle", wanted: false } : { kind: "move", to: above(lines, at) };
    case "Enter":
      return { kind: "enter" };
    default:
      return null;
  }
}

/** The line of the node above; the same line at the top. */
function above(lines: readonly TreeLine[], at: number): number {
  const depth = depthOf(lines[at]);
  const found = lines.slice(0, at).findLastIndex((line) => depthOf(line) < depth);
  return found === -1 ? at : found;
}

function depthOf(line: TreeLine | undefined): number {
  if (line === undefined) return 0;
  return line.kind === "node" ? line.row.depth : line.depth;
}
