import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import { FILTERS } from "#lib/parameters/dimensions.ts";
import { limit } from "#lib/parameters/limit.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import type { SessionTree, TreeNode } from "#lib/reports/session-tree.ts";
import type { SessionSummary } from "#lib/reports/sessions.ts";
import { EventBody, eventBody } from "./events.ts";
import { FIGURES, figures, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

export const SessionsParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  tz: TimeZone.optional(),
  "filter.team": FILTERS["filter.team"],
  "filter.user": FILTERS["filter.user"],
  "filter.session": FILTERS["filter.session"],
  limit: limit(100, 1_000),
  cursor: Cursor.optional(),
});

export const SessionParameters = z.strictObject({
  limit: limit(500, 5_000),
  cursor: Cursor.optional(),
});

export const SessionsBody = z.strictObject({
  currency: z.literal(CURRENCY),
  sessions: z.array(
    z.strictObject({
      session: z.string(),
      teams: z.array(z.string()),
      users: z.array(z.string()),
      first_at: Instant,
      last_at: Instant,
      ...FIGURES,
    }),
  ),
  next_cursor: z.string().nullable(),
});

export const SessionBody = z.strictObject({
  session: z.string(),
  currency: z.literal(CURRENCY),
  first_at: Instant,
  last_at: Instant,
  total: z.strictObject(FIGURES),
  is_complete: z
    .boolean()
    .meta({ description: "False: the session has more events than are shown" }),
  node_count: z.int(),
  nodes: z
    .array(
      z.strictObject({
        id: z.string(),
        parent_id: z.string().nullable(),
        depth: z.int(),
        child_count: z.int(),
        event: EventBody.nullable().meta({ description: "Null for a trace" }),
        subtotal: z.strictObject(FIGURES),
      }),
    )
    .meta({
      description: "Depth first; subtotals hold everything below a node, whatever the page",
    }),
  next_cursor: z.string().nullable(),
});

export function sessionSummaryBody({ firstAt, lastAt, measures, ...rest }: SessionSummary) {
  return { ...rest, first_at: iso(firstAt), last_at: iso(lastAt), ...figures(measures) };
}

export function sessionBody(tree: SessionTree, nextCursor: string | null) {
  return {
    session: tree.session,
    currency: CURRENCY,
    first_at: iso(tree.firstAt),
    last_at: iso(tree.lastAt),
    total: figures(tree.total),
    is_complete: tree.isComplete,
    node_count: tree.nodeCount,
    nodes: tree.nodes.map(nodeBody),
    next_cursor: nextCursor,
  };
}

function nodeBody({ id, parentId, depth, childCount, event, subtotal }: TreeNode) {
  return {
    id,
    parent_id: parentId,
    depth,
    child_count: childCount,
    event: event === null ? null : eventBody(event),
    subtotal: figures(subtotal),
  };
}
