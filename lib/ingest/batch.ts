import type { TraceNode, UsageEvent } from "#lib/usage/usage-event.ts";

/** A usage event and the ingest key that it came with. */
export type Arrival = { readonly event: UsageEvent; readonly keyId: string };

/** An item that was refused, for the data quality page. */
export type Refusal = {
  readonly keyId: string;
  readonly signal: string;
  readonly reason: string;
  readonly example: string;
  /** How many are told of at once; 1 when left out. */
  readonly count?: number;
};

/** What one or more exports bring; committed in one transaction. */
export type Batch = {
  readonly arrivals: readonly Arrival[];
  readonly nodes: readonly TraceNode[];
  readonly refusals: readonly Refusal[];
  /** When the batch was received: the instant that clock skew is judged by. */
  readonly receivedAtMs: number;
};
