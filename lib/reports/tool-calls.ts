import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { DIMENSIONS, type Dimension, type UsageQuery } from "./usage-query.ts";
import { usageReport } from "./usage-report.ts";

/** One group of tool calls, by how they ended. */
export type ToolCallRow = {
  readonly group: { readonly [D in Dimension]?: string | null };
  readonly calls: number;
  readonly ok: number;
  readonly errors: number;
  /** Decided against, never ran. */
  readonly rejected: number;
  /** Of calls that have a price of their own; most have none. */
  readonly cost: Usd;
  readonly unpricedCalls: number;
};

export type ToolCallReport = {
  /** The most called first. */
  readonly rows: readonly ToolCallRow[];
  readonly total: Omit<ToolCallRow, "group">;
  readonly asOf: Date;
};

const NONE = { calls: 0, ok: 0, errors: 0, rejected: 0, cost: ZERO_USD, unpricedCalls: 0 };

/** Tool calls by tool, or by the dimensions asked for: a view of the usage report, so both agree. */
export async function toolCallReport(
  sql: SqlClient,
  scope: ReadScope,
  query: Pick<UsageQuery, "from" | "to" | "groupBy" | "costBasis" | "filters">,
): Promise<ToolCallReport> {
  const groupBy = query.groupBy.filter((dimension) => dimension !== "status");
  const { rows, asOf } = await usageReport(sql, scope, {
    ...query,
    groupBy: [...groupBy, "status"],
    bucket: "none",
    timeZone: "UTC",
    filters: { ...query.filters, kind: ["tool_call"] },
  });
  const groups = new Map<string, ToolCallRow>();
  const total = { ...NONE };
  for (const { group, measures } of rows) {
    const { status, ...rest } = group;
    const own: ToolCallRow["group"] = rest;
    const key = JSON.stringify(DIMENSIONS.map((dimension) => own[dimension] ?? null));
    const row = { ...(groups.get(key) ?? { group: own, ...NONE }) };
    const ending = status === "error" ? "errors" : status === "rejected" ? "rejected" : "ok";
    for (const sum of [row, total]) {
      sum.calls += measures.toolCalls;
      sum[ending] += measures.toolCalls;
      sum.cost = addUsd(sum.cost, measures.cost);
      sum.unpricedCalls += measures.unpricedCalls;
    }
    groups.set(key, row);
  }
  return { rows: [...groups.values()].sort((a, b) => b.calls - a.calls), total, asOf };
}
