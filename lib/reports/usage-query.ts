import type { Usd } from "#lib/money/money.ts";
import type { Tokens } from "#lib/usage/tokens.ts";

/** What usage can be grouped and filtered by (CONTRACTS section 4). */
export const DIMENSIONS = [
  "team",
  "project",
  "environment",
  "service",
  "agent",
  "workflow",
  "provider",
  "model",
  "tier",
  "kind",
  "tool",
  "user",
  "session",
  "dialect",
  "status",
  "cost_center",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const BUCKETS = ["none", "hour", "day", "week", "month"] as const;
export type Bucket = (typeof BUCKETS)[number];

/** FOCUS's four costs. Every figure says which one it is. */
export const COST_BASES = ["effective", "list", "contracted", "billed"] as const;
export type CostBasis = (typeof COST_BASES)[number];

/**
 * One question to the ledger. `from` is inclusive, `to` exclusive. Buckets are
 * those of `timeZone`. A filter holds the values of which any may match; null
 * stands for "unknown".
 */
export type UsageQuery = {
  readonly from: Date;
  readonly to: Date;
  readonly groupBy: readonly Dimension[];
  readonly bucket: Bucket;
  readonly timeZone: string;
  readonly costBasis: CostBasis;
  readonly filters: { readonly [D in Dimension]?: readonly (string | null)[] };
};

export type Measures = {
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly errors: number;
  readonly tokens: Tokens;
  /** In the query's cost basis. A lower bound while `unpricedCalls` is not zero. */
  readonly cost: Usd;
  readonly listCost: Usd;
  readonly unpricedCalls: number;
  readonly unpricedTokens: number;
};

export type UsageRow = {
  /** With bucket "none" the whole period. */
  readonly bucketStart: Date;
  readonly bucketEnd: Date;
  /** One value per dimension asked for, null where unknown. */
  readonly group: { readonly [D in Dimension]?: string | null };
  readonly measures: Measures;
};

/** Rows are ordered by bucket, then dearest first, then by group. `total` is over all rows, also those of other pages. */
export type UsageResult = {
  readonly rows: readonly UsageRow[];
  readonly total: Measures;
  /** How many rows there are on all pages. */
  readonly rowCount: number;
  readonly asOf: Date;
};
