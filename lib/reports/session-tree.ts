import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { LedgerEvent } from "./ledger-event.ts";
import { readOnly } from "./read-only.ts";
import { depthFirst, type SpanNode } from "./session-nodes.ts";
import { readEvents, readSkeleton, type SessionSkeleton } from "./session-skeleton.ts";
import type { CostBasis, Measures } from "./usage-query.ts";

/** One node as it is shown: with what its event says, but without the nodes below it. */
export type TreeNode = {
  /** The trace id, or the id of the event. */
  readonly id: string;
  readonly parentId: string | null;
  /** 0 for traces and for events without one. */
  readonly depth: number;
  readonly childCount: number;
  /** Null for traces. */
  readonly event: LedgerEvent | null;
  /** The node's own usage and that of everything below it; rows that do not count add nothing. */
  readonly subtotal: Measures;
};

export type SessionTree = Omit<SessionSkeleton, "roots"> & {
  readonly nodes: readonly TreeNode[];
  /** How many there are on all pages. */
  readonly nodeCount: number;
};

/** Left out, the cost is the effective one. */
type Basis = { readonly costBasis?: CostBasis };
type Page = Basis & { readonly limit: number; readonly offset: number };

/** The order of nodes beside each other: as they began, dearest first, or most failures first. */
export const TREE_ORDERS = ["time", "cost", "errors"] as const;
export type TreeOrder = (typeof TREE_ORDERS)[number];

/**
 * A page of one session's tree, depth first in order of time. Subtotals are
 * over the whole session whatever the page.
 *
 * @returns null when the viewer may see no event of such a session.
 */
export async function sessionTree(
  sql: SqlClient,
  scope: ReadScope,
  session: string,
  { limit, offset, costBasis }: Page,
): Promise<SessionTree | null> {
  return readOnly(sql, async (tx) => {
    const skeleton = await readSkeleton(tx, scope, session, costBasis);
    if (skeleton === null) return null;
    const all = [...depthFirst(skeleton.roots)];
    const nodes = await shown(tx, scope, all.slice(offset, offset + limit), costBasis);
    return { ...headOf(skeleton), nodes, nodeCount: all.length };
  });
}

/**
 * A page of the nodes directly below one, or of the uppermost.
 *
 * @returns null when there is no such node that the viewer may see.
 */
export async function sessionBranch(
  sql: SqlClient,
  scope: ReadScope,
  session: string,
  {
    parent,
    order,
    limit,
    offset,
    costBasis,
  }: Page & { readonly parent: string | null; readonly order: TreeOrder },
): Promise<SessionTree | null> {
  return readOnly(sql, async (tx) => {
    const skeleton = await readSkeleton(tx, scope, session, costBasis);
    const found =
      skeleton && (parent === null ? below(skeleton.roots, 0) : findBelow(skeleton, parent));
    if (skeleton === null || found === null) return null;
    const inOrder = sorted(found.children, order).slice(offset, offset + limit);
    const placed = inOrder.map((node) => ({ node, depth: found.depth }));
    const nodes = await shown(tx, scope, placed, costBasis);
    return { ...headOf(skeleton), nodes, nodeCount: found.children.length };
  });
}

/** What one sees of a tree at first. */
export type OpenedTree = SessionTree & {
  /** The nodes that are open, from above; the first nodes below each are among `nodes`. */
  readonly opened: readonly string[];
};

/**
 * The first nodes of the tree, opened along one path: that of the highest
 * subtotals where an order asks for it, else as far as there is no choice.
 *
 * @param limit Nodes below each opened one.
 */
export async function openedTree(
  sql: SqlClient,
  scope: ReadScope,
  session: string,
  { order, limit, costBasis }: Basis & { readonly order: TreeOrder; readonly limit: number },
): Promise<OpenedTree | null> {
  return readOnly(sql, async (tx) => {
    const skeleton = await readSkeleton(tx, scope, session, costBasis);
    if (skeleton === null) return null;
    const placed: Placed[] = [];
    const opened: string[] = [];
    let level = sorted(skeleton.roots, order);
    for (let depth = 0; depth < MOST_OPENED; depth++) {
      placed.push(...level.slice(0, limit).map((node) => ({ node, depth })));
      const [next] = level;
      const leads = order === "time" ? level.length === 1 : isAlong(next, order);
      if (next === undefined || !leads || next.children.length === 0) break;
      opened.push(next.id);
      level = sorted(next.children, order);
    }
    const nodes = await shown(tx, scope, placed, costBasis);
    return { ...headOf(skeleton), nodes, nodeCount: skeleton.roots.length, opened };
  });
}

/** A path that is deeper goes on by hand. */
const MOST_OPENED = 40;

type Placed = { readonly node: SpanNode; readonly depth: number };
type Below = { readonly children: readonly SpanNode[]; readonly depth: number };

function below(children: readonly SpanNode[], depth: number): Below {
  return { children, depth };
}

function findBelow({ roots }: SessionSkeleton, id: string): Below | null {
  for (const { node, depth } of depthFirst(roots)) {
    if (node.id === id) return below(node.children, depth + 1);
  }
  return null;
}

function isAlong(node: SpanNode | undefined, order: "cost" | "errors"): boolean {
  return node !== undefined && (order === "cost" || node.subtotal.errors > 0);
}

/** Stable: what is equal stays in order of time. */
function sorted(nodes: readonly SpanNode[], order: TreeOrder): readonly SpanNode[] {
  if (order === "time") return nodes;
  if (order === "errors") return nodes.toSorted((a, b) => b.subtotal.errors - a.subtotal.errors);
  return nodes.toSorted((a, b) =>
    a.subtotal.cost === b.subtotal.cost ? 0 : a.subtotal.cost < b.subtotal.cost ? 1 : -1,
  );
}

async function shown(
  sql: SqlClient,
  scope: ReadScope,
  placed: readonly Placed[],
  costBasis: CostBasis | undefined,
): Promise<TreeNode[]> {
  const nodes = placed.map(({ node }) => node);
  const events = await readEvents(sql, scope, nodes, costBasis);
  return placed.map(({ node: { id, parent, children, subtotal }, depth }) => ({
    ...{ id, parentId: parent?.id ?? null, depth, childCount: children.length },
    event: events.get(id) ?? null,
    subtotal,
  }));
}

function headOf({ roots: _, ...head }: SessionSkeleton): Omit<SessionSkeleton, "roots"> {
  return head;
}
