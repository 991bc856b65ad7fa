import type { TraceNode, UsageEvent } from "#lib/usage/usage-event.ts";
import type { LogRecord, MetricPoint, Span } from "../otlp/model.ts";

/**
 * What a dialect makes of one item.
 *
 * - events: usually none or one; a span may hold a call and what it says of its own retries.
 * - a node, for a span that is no usage but stands in the tree.
 * - a rejection, for an item that claims usage and cannot be used at all.
 */
export type Reading = {
  readonly events: readonly UsageEvent[];
  readonly rejection?: string;
};

/**
 * One producer's way of saying it. Each method returns null for an item that is
 * not of this dialect's usage; the item is then ignored (a span is still kept
 * as a node of its trace). Pure: no clock, no state.
 */
export type Dialect = {
  /** True when the item is this dialect's (DIALECTS 0.5); the first that says so reads it. */
  readonly ownsSpan?: (span: Span) => boolean;
  readonly ownsLog?: (record: LogRecord) => boolean;
  readonly ownsPoint?: (point: MetricPoint) => boolean;
  readonly readSpan?: (span: Span) => Reading | null;
  readonly readLog?: (record: LogRecord) => Reading | null;
  readonly readPoint?: (point: MetricPoint) => Reading | null;
};

/** All that one export says, ready for the ledger. */
export type Normalised = {
  readonly events: readonly UsageEvent[];
  readonly nodes: readonly TraceNode[];
  readonly rejections: readonly Rejection[];
};

export type Rejection = {
  readonly signal: "span" | "log" | "metric";
  readonly reason: string;
  /** Short, without content: a span's name or a metric's. */
  readonly example: string;
};
