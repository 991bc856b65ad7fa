"use client";

import { useState, useTransition } from "react";
import { type Branch, loadBranchAction } from "./actions.ts";
import type { TreeRow } from "./tree-row.ts";

/** A line of the tree as it is open now: a node, or the way to those beside it that are not loaded. */
export type TreeLine =
  | {
      readonly kind: "node";
      readonly row: TreeRow;
      readonly isOpen: boolean;
      readonly place: number;
      readonly of: number;
    }
  | {
      readonly kind: "more";
      readonly parent: string | null;
      readonly depth: number;
      readonly left: number;
    };

/** The branches that are loaded, by the node above them; "" for the uppermost. */
type Branches = ReadonlyMap<string, readonly TreeRow[]>;

/** Which nodes of a session's tree are open; what lies below one is fetched when it is opened. */
export function useTree(
  asked: Pick<Branch, "session" | "order" | "costBasis">,
  {
    rows,
    rootCount,
    opened,
  }: {
    readonly rows: readonly TreeRow[];
    readonly rootCount: number;
    readonly opened: readonly string[];
  },
) {
  const [branches, setBranches] = useState<Branches>(() =>
    Map.groupBy(rows, ({ parentId }) => parentId ?? ""),
  );
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(opened));
  const [isLoading, startTransition] = useTransition();

  const load = (parent: string | null) =>
    startTransition(async () => {
      const known = branches.get(parent ?? "") ?? [];
      const more = await loadBranchAction({ ...asked, parent, offset: known.length });
      setBranches((now) => new Map(now).set(parent ?? "", [...known, ...more]));
    });
  const toggle = ({ id, childCount }: TreeRow, wanted?: boolean) => {
    const isOpen = open.has(id);
    if (childCount === 0 || isOpen === wanted) return;
    setOpen(isOpen ? new Set([...open].filter((one) => one !== id)) : new Set([...open, id]));
    if (!isOpen && !branches.has(id)) load(id);
  };
  return { lines: linesOf(branches, open, rootCount), isLoading, load, toggle };
}

/** The lines from top to bottom. Iterative: a tree may be thousands of levels deep. */
function linesOf(branches: Branches, open: ReadonlySet<string>, rootCount: number): TreeLine[] {
  const lines: TreeLine[] = [];
  const stack: TreeLine[] = branchLines(branches, null, 0, rootCount, open).reverse();
  for (let line = stack.pop(); line !== undefined; line = stack.pop()) {
    lines.push(line);
    if (line.kind === "node" && line.isOpen) {
      const { id, depth, childCount } = line.row;
      stack.push(...branchLines(branches, id, depth + 1, childCount, open).reverse());
    }
  }
  return lines;
}

function branchLines(
  branches: Branches,
  parent: string | null,
  depth: number,
  count: number,
  open: ReadonlySet<string>,
): TreeLine[] {
  const rows = branches.get(parent ?? "") ?? [];
  const lines = rows.map(
    (row, index): TreeLine => ({
      ...{ kind: "node", row, isOpen: open.has(row.id), place: index + 1, of: count },
    }),
  );
  const left = count - rows.length;
  return left > 0 ? [...lines, { kind: "more", parent, depth, left }] : lines;
}
