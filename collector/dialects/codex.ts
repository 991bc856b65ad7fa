import type { TokenClass } from "#lib/usage/tokens.ts";
import type { Identity, UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint, Span } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { count, number, text, truth } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { callUsage, hasUsage } from "./gen-ai-usage.ts";
import { type Given, logEvent, spanEvent } from "./item-event.ts";
import { hash } from "./item-hash.ts";
import { providerOf } from "./provider.ts";
import { tokenPoint } from "./token-point.ts";
import type { RawUsage } from "./tokens.ts";
import { INCLUSIVE } from "./tokens.ts";

const DIALECT = "codex";
const TURN_USAGE = "codex.turn.token_usage";

/** Overlapping: `total` holds all the others, and `input` its cached parts (metric-nesting.ts). */
const POINT_CLASSES: Readonly<Record<string, TokenClass>> = {
  input: "input_uncached",
  cached_input: "cache_read",
  cache_write_input: "cache_write_5m",
  output: "output",
  reasoning_output: "reasoning",
};

/**
 * OpenAI Codex CLI (DIALECTS section 6). Input includes the cache, output the
 * reasoning, and `tool_token_count` is the total. One response is told up to
 * five times: log, span event, `handle_responses`, `session_task.turn` and
 * histogram. HTTP attempts carry no tokens and are no calls of their own.
 */
export const codex: Dialect = {
  ownsSpan: (span) =>
    /^codex/i.test(span.scope.name) ||
    /^codex_/.test(text(span.attributes, "target") ?? "") ||
    span.name === "session_task.turn",
  ownsLog: (record) => record.scope.name.startsWith("codex_otel") || isNamed(record.attributes),
  ownsPoint: ({ metric }) => metric.startsWith("codex."),
  readSpan,
  readLog,
  readPoint,
};

function isNamed(attributes: Attributes): boolean {
  return text(attributes, "event.name")?.startsWith("codex.") === true;
}

function readLog(record: LogRecord): Reading | null {
  const { attributes } = record;
  const given = isCompletion(attributes) ? completion(attributes) : toolEvent(attributes);
  if (given === null) return null;
  const event = logEvent(DIALECT, record, {
    ...identityOfLog(attributes),
    family: DIALECT,
    funding: fundingOf(attributes),
    identityOf: whose(record, record.attributes),
    ...given,
  });
  return { events: [event] };
}

/** The second `response.completed` of a response times the stream and has no tokens. */
function isCompletion(attributes: Attributes): boolean {
  return (
    text(attributes, "event.name") === "codex.sse_event" &&
    text(attributes, "event.kind") === "response.completed" &&
    hasUsage(logUsage(attributes))
  );
}

/** Records have neither id nor sequence, and eventName is a line of source code. */
function identityOfLog(attributes: Attributes): { readonly identity?: string } {
  const place = ["conversation.id", "event.timestamp"].map((key) => text(attributes, key));
  if (place.includes(null)) return {};
  const keys = ["event.name", "call_id", "input_token_count", "output_token_count"];
  const told = [...keys, "cached_token_count"].map((key) => text(attributes, key));
  return { identity: `log:codex:${hash(...[...place, ...told].map((value) => value ?? ""))}` };
}

function completion(attributes: Attributes): Given {
  return modelCall(logUsage(attributes), attributes);
}

function logUsage(attributes: Attributes): RawUsage {
  return {
    input: count(attributes, "input_token_count"),
    output: count(attributes, "output_token_count"),
    cacheRead: count(attributes, "cached_token_count"),
    cacheWrite5m: count(attributes, "cache_write_token_count"),
    reasoning: count(attributes, "reasoning_token_count"),
  };
}

/** A finished tool, or one that was decided against; null for all other events. */
function toolEvent(attributes: Attributes): Given | null {
  const name = text(attributes, "event.name");
  const tool = {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "tool_name"),
    toolCallId: text(attributes, "call_id"),
  } as const;
  if (name === "codex.tool_decision") {
    const isAgainst = /^(denied|abort|reject|declin)/i.test(text(attributes, "decision") ?? "");
    return isAgainst ? { ...tool, status: "rejected" } : null;
  }
  if (name !== "codex.tool_result") return null;
  const isFailed = truth(attributes, "success") === false;
  return {
    ...tool,
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? "_OTHER" : null,
    durationMs: number(attributes, "duration_ms"),
  };
}

function readSpan(span: Span): Reading | null {
  const own = spanCall(span) ?? spanTurn(span);
  const events = own === null ? toolsOf(span) : [own, ...toolsOf(span)];
  return events.length === 0 ? null : { events };
}

/** `handle_responses`; only the one of the completed event has usage, and none names its model. */
function spanCall(span: Span): UsageEvent | null {
  const { attributes } = span;
  const raw = {
    input: count(attributes, "gen_ai.usage.input_tokens"),
    output: count(attributes, "gen_ai.usage.output_tokens"),
    cacheRead: count(attributes, "gen_ai.usage.cache_read.input_tokens"),
    cacheWrite5m: count(
      attributes,
      "gen_ai.usage.cache_write.input_tokens",
      "gen_ai.usage.cache_creation.input_tokens",
    ),
    reasoning: count(
      attributes,
      "codex.usage.reasoning_output_tokens",
      "gen_ai.usage.reasoning.output_tokens",
    ),
  };
  if (!hasUsage(raw)) return null;
  return spanEvent(DIALECT, span, {
    ...common(span, 2),
    ...modelCall(raw, attributes),
  });
}

function spanTurn(span: Span): UsageEvent | null {
  const { attributes } = span;
  const read = (name: string) => count(attributes, `${TURN_USAGE}.${name}_tokens`);
  const raw = {
    input: read("input"),
    output: read("output"),
    cacheRead: read("cached_input"),
    cacheWrite5m: read("cache_write_input"),
    reasoning: read("reasoning_output"),
  };
  if (!hasUsage(raw)) return null;
  return spanEvent(DIALECT, span, {
    ...common(span, 3),
    ...modelCall(raw, attributes),
    witness: "aggregate",
  });
}

/** Traces tell of tools only in events of some span around them. */
function toolsOf(span: Span): UsageEvent[] {
  return span.events.flatMap((event, index) => {
    const given = toolEvent(event.attributes);
    if (given === null) return [];
    return spanEvent(DIALECT, span, {
      ...common(span, 2),
      identity: `span:${span.traceId}:${span.spanId}:event:${index}`,
      spanId: null,
      parentSpanId: span.spanId,
      startedAtMs: Number(event.timeNanos / 1_000_000n),
      durationMs: null,
      identityOf: whose(span, event.attributes),
      ...given,
    });
  });
}

function common(span: Span, rank: number) {
  const told = span.events.map((event) => fundingOf(event.attributes));
  return {
    family: DIALECT,
    rank,
    funding: told.includes("plan") ? "plan" : fundingOf(span.attributes),
    identityOf: whose(span, span.attributes),
  } as const;
}

function modelCall(raw: RawUsage, attributes: Attributes): Given {
  const model = text(attributes, "model", "slug");
  const usage = callUsage({ raw, convention: INCLUSIVE, isFailed: false, isEmbedding: false });
  return {
    kind: "model_call",
    operation: "chat",
    provider: providerOf({ models: [model] }) ?? "openai",
    model,
    tokens: usage.tokens,
    flags: usage.flags,
  };
}

function readPoint(point: MetricPoint): Reading | null {
  const { attributes } = point;
  const tokenClass = POINT_CLASSES[text(attributes, "token_type") ?? ""];
  if (point.metric !== TURN_USAGE || tokenClass === undefined) return null;
  const model = text(attributes, "model");
  return tokenPoint(DIALECT, point, [tokenClass], {
    family: DIALECT,
    model,
    provider: providerOf({ models: [model] }) ?? "openai",
    identityOf: whose(point, attributes),
  });
}

/** Signed in with ChatGPT, calls draw on the subscription. */
function fundingOf(attributes: Attributes): "api" | "plan" {
  return /^chatgpt/i.test(text(attributes, "auth_mode") ?? "") ? "plan" : "api";
}

/** `thread.id` is the conversation where it is text; as a number it is a thread of the runtime. */
function whose(item: LogRecord | Span | MetricPoint, own: Attributes): Identity {
  const thread = item.attributes.get("thread.id");
  const session =
    text(own, "conversation.id") ??
    text(item.attributes, "conversation.id") ??
    (typeof thread === "string" && /\D/.test(thread) ? thread : null);
  return agentIdentity(item, { agent: DIALECT, session });
}
