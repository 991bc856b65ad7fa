"use server";

import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { sessionBranch, TREE_ORDERS } from "#lib/reports/session-tree.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { type TreeRow, toTreeRow } from "./tree-row.ts";

const MOST_AT_ONCE = 100;

const Branch = z.strictObject({
  session: z.string().max(1_000),
  /** Null for the uppermost nodes. */
  parent: z.string().max(100).nullable(),
  order: z.enum(TREE_ORDERS),
  costBasis: z.enum(COST_BASES),
  offset: z.int().min(0),
});
export type Branch = z.infer<typeof Branch>;

/** The next nodes directly below one; none where there is no such node that the viewer may see. */
export async function loadBranchAction(input: Branch): Promise<readonly TreeRow[]> {
  const viewer = await requireViewer();
  const asked = Branch.safeParse(input);
  if (!asked.success) return [];
  const { session, ...page } = asked.data;
  const found = await sessionBranch(context().sql, viewer, session, {
    ...page,
    limit: MOST_AT_ONCE,
  });
  return found?.nodes.map(toTreeRow) ?? [];
}
