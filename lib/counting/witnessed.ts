import type { Tokens } from "#lib/usage/tokens.ts";
import type { Identity, TraceNode, UsageEvent } from "#lib/usage/usage-event.ts";

/** A usage event with its ledger id and the keys by which other items may name the same call. */
export type Witnessed = {
  readonly id: string;
  readonly event: UsageEvent;
  /** Names of the call; two items that share one may be the same call. */
  readonly callKeys: readonly string[];
  /** Hashes of what a twin in another trace has in common with it (trace-twins.ts); mostly none. */
  readonly twinKeys: readonly bigint[];
  /** Hash of stream and start time, for points of metrics. */
  readonly streamKey: bigint | null;
};

/** Why a row of the ledger does not count. */
export type NotCounted =
  /** Another item, joined by a response id or a tool call id, tells more of the same call. */
  | "same_call"
  /** A call inside it has the same tokens: it is the same call, seen from outside. */
  | "nested_call"
  /** The calls that it sums up are in the ledger themselves. */
  | "aggregate_of_calls"
  /** An aggregate that holds no usage of its own. */
  | "aggregate_without_usage"
  /** The same session or service reports its calls by a signal that tells more. */
  | "better_signal"
  /** A point that adds nothing to the one before it, or to the parts that it holds. */
  | "no_increase";

/** What one item comes to, among all others that are known. */
export type Outcome = {
  readonly counted: boolean;
  readonly because: NotCounted | null;
  /** The item that counts in its place. */
  readonly twinOf: string | null;
  /** Own, else from the nearest ancestor, else the only one in the trace. */
  readonly identity: Identity;
  readonly provider: string | null;
  readonly model: string | null;
  readonly tier: string | null;
  /** Own, else as another item of the same call names it. */
  readonly tool: string | null;
  /** The last try of the call: own, else as another item of it or the requests below tell. */
  readonly attempt: number | null;
  /** For points of cumulative metrics the increase; else the item's own. */
  readonly tokens: Tokens | null;
  readonly units: Readonly<Record<string, number>>;
  readonly reportedCost: string | null;
  /** Own and inherited, for allocation. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** All that is known of the traces that some items belong to. */
export type Known = {
  readonly items: readonly Witnessed[];
  readonly nodes: readonly TraceNode[];
  /** What points of metrics add where that is decided already, by item id; of wholes, without their parts. */
  readonly settled?: ReadonlyMap<string, Tokens | null>;
  /** Twin keys that too many calls of the ledger share. */
  readonly crowded?: ReadonlySet<bigint>;
};
