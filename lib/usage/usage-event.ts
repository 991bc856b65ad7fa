import type { Tokens } from "./tokens.ts";

export const DIALECTS = [
  "otel-genai",
  "openinference",
  "openllmetry",
  "vercel-ai",
  "claude-code",
  "codex",
  "gemini-cli",
  "qwen-code",
  "openclaw",
  "copilot",
  "cline",
  "pydantic-ai",
  "logfire",
  "langsmith",
  "google-adk",
  "strands",
  "mastra",
  "litellm",
  "agent-framework",
  "semantic-kernel",
  "spring-ai",
  "genkit",
  "import",
  "unknown",
] as const;

/** One producer's way of saying it. */
export type DialectName = (typeof DIALECTS)[number];

export type Signal = "span" | "log" | "metric" | "import";

/** What one usage event is about. */
export type UsageKind = "model_call" | "tool_call" | "agent_run";

/**
 * How much one item says about the calls behind it (DIALECTS 0.2).
 *
 * - `call`: one model or tool call, seen by itself.
 * - `aggregate`: the sum of calls that may also be reported one by one; it
 *   counts only where no call with usage exists below it.
 * - `series`: a point of a metric; it counts only where the session (or the
 *   service) has neither spans nor logs.
 */
export type Witness = "call" | "aggregate" | "series";

/**
 * Marks on a figure that is less than certain.
 *
 * - `usage_missing`: the producer gave no tokens (interrupted stream, no usage chunk).
 * - `usage_incomplete`: the producer gave only the input or only the output; the price is a lower bound.
 * - `cache_unreported`: cached tokens may hide in the input, so the price is an upper bound.
 * - `assumed_ttl`: cache writes of unstated lifetime, counted as five minutes.
 * - `inferred_exclusive`: the counts contradict the dialect's rule, so the input was read as excluding the cache.
 * - `estimated`: the tokens are somebody's estimate.
 * - `clock_skew`: the time lies far from the time of receipt.
 * - `invalid_usage`: a count was negative, fractional, not a number or absurd, and was left out.
 * - `split_unknown`: only a total is known.
 */
export type UsageFlag =
  | "usage_missing"
  | "usage_incomplete"
  | "cache_unreported"
  | "assumed_ttl"
  | "inferred_exclusive"
  | "estimated"
  | "clock_skew"
  | "invalid_usage"
  | "split_unknown";

/** Who pays for the call: metered API, or a seat or plan that includes it. */
export type Funding = "api" | "plan";

/**
 * Who and what a call belongs to, as far as one item says. The names are the
 * ledger's; DIALECTS 0.3 lists the keys that each is read from.
 */
export type Identity = {
  readonly session?: string;
  readonly user?: string;
  readonly agent?: string;
  readonly workflow?: string;
  readonly project?: string;
  readonly environment?: string;
  readonly organization?: string;
  readonly repository?: string;
};

/**
 * What a metric point adds, and the stream it belongs to.
 *
 * `cumulative` points are turned into differences by the ledger, which sees all
 * points of a stream whatever their order; `delta` points are added as they are.
 */
export type SeriesPoint = {
  /** Resource, scope, metric, unit, type and attributes, hashed; without the start time. */
  readonly stream: string;
  readonly temporality: "delta" | "cumulative";
  readonly startMs: number;
  readonly endMs: number;
  /** Only of metrics that repeat some of their tokens in points of their own. */
  readonly nesting?: Nesting;
};

/**
 * A whole holds in its `input_uncached` the tokens of the parts of the same
 * group and moment, which points of their own tell too; the ledger counts it
 * less its parts.
 */
export type Nesting = {
  /** What whole and parts have in common, hashed. */
  readonly group: string;
  readonly role: "whole" | "part";
};

/**
 * One model call, tool call, agent run or metric point, normalised by its
 * dialect: the unit of the ledger, before it is allocated and priced.
 */
export type UsageEvent = {
  /**
   * The producer's own identity of this item, equal for an exact re-delivery
   * and different for any other item: `span:TRACE:SPAN`, `log:…`, `point:…`.
   */
  readonly identity: string;
  readonly kind: UsageKind;
  readonly witness: Witness;
  readonly signal: Signal;
  readonly dialect: DialectName;
  /**
   * Order of trust among the items by which one program reports the same calls
   * of one session (DIALECTS 0.2 rule 5 and section 12); 1 is best. Items of
   * the same `family` and session with a worse rank do not count when items
   * of a better rank have usage, unless a response id proves them another call.
   */
  readonly rank: number;
  /** The program whose signals compete by `rank`, for example "claude-code"; else the dialect's name. */
  readonly family: string;

  readonly startedAtMs: number;
  readonly durationMs: number | null;
  /** Lower-case hex, or null where the item is not part of a trace. */
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly parentSpanId: string | null;
  /** The provider's ids of this call (response id, request id), which name it across signals. */
  readonly responseIds: readonly string[];
  /** The id that the model gave to a tool call; names it across signals of one session or trace. */
  readonly toolCallId: string | null;

  /** How many requests the row stands for: 1 for a call, 0 where single calls cannot be told, n for an import. */
  readonly calls: number;
  /** Who is billed, in OTel GenAI's well-known names; null when the item does not say. */
  readonly provider: string | null;
  /** The model that answered, as reported; else the one asked for; null when the item does not say. */
  readonly model: string | null;
  /** The model asked for, where it differs. */
  readonly requestModel: string | null;
  /** chat, embeddings, execute_tool, invoke_agent, …: OTel's `gen_ai.operation.name`. */
  readonly operation: string;
  /** Served tier: standard, batch, flex, priority, …; null when unsaid. */
  readonly tier: string | null;
  /** Anthropic's speed ("fast"); null when unsaid. */
  readonly speed: string | null;
  readonly region: string | null;
  /** Null when the producer gave none: missing is not zero. Zero for failed attempts. */
  readonly tokens: Tokens | null;
  /** Other billable units, for example `web_search`: 2. */
  readonly units: Readonly<Record<string, number>>;
  readonly tool: string | null;
  /** `rejected`: decided against, never ran. */
  readonly status: "ok" | "error" | "rejected";
  readonly errorType: string | null;
  /** 1 for the first try; null when unsaid. */
  readonly attempt: number | null;
  /** The emitter's own estimate in USD, a decimal string; advisory, never mixed with ours. */
  readonly reportedCost: string | null;
  readonly funding: Funding;
  readonly flags: readonly UsageFlag[];

  readonly service: string;
  readonly identityOf: Identity;
  readonly series: SeriesPoint | null;
  /**
   * What allocation rules may look at: the retained attributes of resource,
   * scope and item in one flat map, the item's winning. Content is left out
   * (see collector/retained-attributes.ts).
   */
  readonly attributes: Readonly<Record<string, string>>;
};

/**
 * What a span that is no usage itself says for the calls of its trace: its
 * place in the tree, and the identity that calls below it inherit. Calls may
 * arrive before or after it.
 */
export type TraceNode = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly startedAtMs: number;
  readonly identityOf: Identity;
  readonly provider: string | null;
  readonly model: string | null;
  /** Only attributes that identify or allocate; empty for most spans. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Of a request over HTTP that was sent again: which try it is, from 2. It tells of the call above it. */
  readonly attempt?: number;
};
