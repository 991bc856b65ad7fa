import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import type { TreeNode } from "#lib/reports/session-tree.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";

/** One node as the page shows it, as small as it can be. */
export type TreeRow = Pick<TreeNode, "id" | "parentId" | "depth" | "childCount"> & {
  /** Null for a run. */
  readonly event:
    | (Pick<
        LedgerEvent,
        "id" | "kind" | "counted" | "startedAt" | "durationMs" | "cost" | "costStatus"
      > & {
        readonly name: string;
        /** What went wrong, empty where nobody said; null when nothing did. */
        readonly failure: string | null;
      })
    | null;
  readonly tokens: number;
  readonly subtotal: Pick<
    Measures,
    "cost" | "modelCalls" | "toolCalls" | "unpricedCalls" | "errors"
  >;
};

export function toTreeRow({ event, subtotal, ...node }: TreeNode): TreeRow {
  const { cost, modelCalls, toolCalls, unpricedCalls, errors, tokens } = subtotal;
  return {
    ...node,
    event: event && shownOf(event),
    tokens: totalTokens(tokens),
    subtotal: { cost, modelCalls, toolCalls, unpricedCalls, errors },
  };
}

function shownOf(event: LedgerEvent): TreeRow["event"] {
  const { id, kind, counted, startedAt, durationMs, cost, costStatus, status } = event;
  return {
    ...{ id, kind, counted, startedAt, durationMs, cost, costStatus },
    name: event.tool ?? (kind === "agent_run" ? event.agent : event.model) ?? event.operation,
    failure: status === "ok" ? null : (event.errorType ?? ""),
  };
}
