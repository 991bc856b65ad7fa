import type { TokenClass } from "#lib/usage/tokens.ts";
import type { DialectName, UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { count, number, text, truth } from "./attributes.ts";
import type { Reading } from "./dialect.ts";
import { callUsage } from "./gen-ai-usage.ts";
import { type Given, logEvent } from "./item-event.ts";
import { tokenPoint } from "./token-point.ts";
import type { Convention, RawUsage } from "./tokens.ts";

/** In what Gemini CLI and its fork differ: the same names, with other meanings. */
export type GeminiRules = {
  readonly dialect: DialectName;
  readonly prefix: string;
  readonly convention: Convention;
  /** Rank of the record of a model call. */
  readonly rank: number;
  readonly thoughtClasses: readonly TokenClass[];
  /** What the producer knows of who pays; of records and of points. */
  readonly billing: (attributes: Attributes) => Pick<UsageEvent, "provider" | "funding">;
  /** True where the record leaves cache tokens out of sight. */
  readonly hidesCache: (attributes: Attributes) => boolean;
};

/** Reads `api_response`, `api_error` and `tool_call`; all other records are no usage or repeat it. */
export function readGeminiLog(record: LogRecord, rules: GeminiRules): Reading | null {
  const { attributes } = record;
  const name = text(attributes, "event.name") ?? record.eventName;
  switch (name) {
    case `${rules.prefix}.api_response`:
      return one(record, rules, modelCall(attributes, rules, isFailure(attributes)));
    case `${rules.prefix}.api_error`:
      return one(record, rules, modelCall(attributes, rules, true));
    case `${rules.prefix}.tool_call`:
      return one(record, rules, toolCall(attributes));
    default:
      return null;
  }
}

/** `PREFIX.token.usage` {type}; the input holds its cache (metric-nesting.ts). */
export function readGeminiPoint(point: MetricPoint, rules: GeminiRules): Reading | null {
  const { attributes } = point;
  if (point.metric !== `${rules.prefix}.token.usage`) return null;
  const classes: Readonly<Record<string, readonly TokenClass[]>> = {
    input: ["input_uncached"],
    tool: ["input_uncached"],
    cache: ["cache_read"],
    output: ["output"],
    thought: rules.thoughtClasses,
  };
  const found = classes[text(attributes, "type") ?? ""];
  if (found === undefined) return null;
  return tokenPoint(rules.dialect, point, found, {
    family: rules.dialect,
    operation: "generate_content",
    model: text(attributes, "model"),
    identityOf: agentIdentity(point, { agent: rules.dialect }),
    ...rules.billing(attributes),
  });
}

function one(record: LogRecord, rules: GeminiRules, given: Given): Reading {
  const { attributes } = record;
  const event = logEvent(rules.dialect, record, {
    family: rules.dialect,
    identityOf: agentIdentity(record, {
      agent: text(attributes, "subagent_name") ?? rules.dialect,
    }),
    durationMs: number(attributes, "duration_ms", "duration"),
    ...given,
  });
  return { events: [event] };
}

function modelCall(attributes: Attributes, rules: GeminiRules, isFailed: boolean): Given {
  const usage = callUsage({
    raw: usageOf(attributes),
    convention: rules.convention,
    isFailed,
    isEmbedding: false,
  });
  const responseId = text(attributes, "response_id", "gen_ai.response.id");
  const hidden = usage.tokens !== null && !isFailed && rules.hidesCache(attributes);
  return {
    kind: "model_call",
    operation: "generate_content",
    rank: rules.rank,
    model: text(attributes, "model", "model_name"),
    tokens: usage.tokens,
    flags: hidden ? [...new Set([...usage.flags, "cache_unreported" as const])] : usage.flags,
    responseIds: responseId === null ? [] : [responseId],
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? errorOf(attributes) : null,
    ...rules.billing(attributes),
  };
}

function usageOf(attributes: Attributes): RawUsage {
  const cacheRead = count(attributes, "cached_content_token_count");
  const reasoning = count(attributes, "thoughts_token_count");
  const raw = {
    input: count(attributes, "input_token_count"),
    output: count(attributes, "output_token_count"),
    cacheRead,
    reasoning,
    toolPrompt: count(attributes, "tool_token_count"),
  };
  // With as many thoughts as cached tokens the total cannot tell which of both it holds.
  return cacheRead === reasoning
    ? raw
    : { ...raw, vendorTotal: count(attributes, "total_token_count") };
}

function toolCall(attributes: Attributes): Given {
  const isRejected = /^(reject|cancel)/i.test(text(attributes, "decision") ?? "");
  const isFailed = truth(attributes, "success") === false;
  return {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "function_name"),
    toolCallId: text(attributes, "call_id"),
    status: isRejected ? "rejected" : isFailed ? "error" : "ok",
    errorType: isFailed ? errorOf(attributes) : null,
  };
}

function isFailure(attributes: Attributes): boolean {
  const status = number(attributes, "status_code", "http.status_code");
  return status !== null && status >= 400;
}

function errorOf(attributes: Attributes): string {
  const type = text(attributes, "error.type", "error_type", "status_code") ?? "_OTHER";
  return type.slice(0, 256);
}
