import type { TokenClass } from "#lib/usage/tokens.ts";
import type { Identity, UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint, Span } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { attemptOf } from "./attempts.ts";
import { amount, count, number, text, texts, truth } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { callUsage } from "./gen-ai-usage.ts";
import { type Given, logEvent, spanEvent } from "./item-event.ts";
import { hash } from "./item-hash.ts";
import { providerOfModel } from "./provider.ts";
import { tokenPoint } from "./token-point.ts";
import { EXCLUSIVE } from "./tokens.ts";

const DIALECT = "claude-code";
const SCOPE = "com.anthropic.claude_code";
const PREFIX = "claude_code.";

/** Only the event of a request knows its cost and how long its cache lives. */
const LOG_RANK = 1;
const SPAN_RANK = 2;

/** `anthropic.provider`, the API that the installation is set to. */
const PROVIDERS: Readonly<Record<string, string>> = {
  firstparty: "anthropic",
  bedrock: "aws.bedrock",
  vertex: "gcp.vertex_ai",
  foundry: "azure.ai.inference",
};

const POINT_CLASSES: Readonly<Record<string, TokenClass>> = {
  input: "input_uncached",
  output: "output",
  cacheRead: "cache_read",
  cacheCreation: "cache_write_5m",
};

/**
 * Claude Code (DIALECTS section 5). Its input excludes both cache counts, and
 * logs, spans and metrics all repeat the same calls. Told by scope and by name,
 * never by service.name: that may be set anew, and child processes inherit it.
 */
export const claudeCode: Dialect = {
  ownsSpan: ({ name, scope }) => scope.name.startsWith(SCOPE) || name.startsWith(PREFIX),
  ownsLog: ({ body, scope }) =>
    scope.name.startsWith(SCOPE) || (typeof body === "string" && body.startsWith(PREFIX)),
  ownsPoint: ({ metric, scope }) => scope.name.startsWith(SCOPE) || metric.startsWith(PREFIX),
  readSpan,
  readLog,
  readPoint,
};

function readLog(record: LogRecord): Reading | null {
  const { attributes, body } = record;
  const name = text(attributes, "event.name") ?? (typeof body === "string" ? body : "");
  switch (name.replace(PREFIX, "")) {
    case "api_request":
      return one(logOf(record, modelCall(attributes, false)));
    case "api_error":
      return one(logOf(record, modelCall(attributes, true)));
    case "tool_result":
      return one(logOf(record, toolResult(attributes)));
    case "tool_decision":
      return text(attributes, "decision") === "reject"
        ? one(logOf(record, { ...toolCall(attributes), status: "rejected" }))
        : null;
    default:
      return null;
  }
}

function readSpan(span: Span): Reading | null {
  const { attributes, name } = span;
  switch (name) {
    case `${PREFIX}llm_request`:
      return one(spanOf(span, modelCall(attributes, truth(attributes, "success") === false)));
    case `${PREFIX}tool`:
      // It says neither how it ended nor whether it ran: that does its execution,
      // which a rejected tool has not. Its time includes the wait for permission.
      return one({
        ...spanOf(span, { ...toolCall(attributes), status: "rejected" }),
        durationMs: null,
      });
    case `${PREFIX}tool.execution`:
      return one(spanOf(span, toolResult(attributes)));
    case `${PREFIX}interaction`:
      return one(spanOf(span, { kind: "agent_run", operation: "invoke_agent" }));
    default:
      return null;
  }
}

function readPoint(point: MetricPoint): Reading | null {
  const { attributes } = point;
  const tokenClass = POINT_CLASSES[text(attributes, "type") ?? ""];
  if (point.metric !== `${PREFIX}token.usage` || tokenClass === undefined) return null;
  const model = text(attributes, "model");
  return tokenPoint(DIALECT, point, [tokenClass], {
    family: DIALECT,
    model,
    provider: providerOf(attributes, model),
    speed: speedOf(attributes),
    flags: tokenClass === "cache_write_5m" ? ["assumed_ttl"] : [],
    identityOf: whose(point),
  });
}

/** Events number themselves within a session, but `--resume` starts at zero again: the time tells them apart. */
function logOf(record: LogRecord, given: Given): UsageEvent {
  const { attributes } = record;
  const ids = ["session.id", "event.sequence", "event.timestamp"].map((key) =>
    text(attributes, key),
  );
  const named = ids.filter((id) => id !== null);
  return logEvent(DIALECT, record, {
    ...(named.length === ids.length ? { identity: `log:claude-code:${hash(...named)}` } : {}),
    family: DIALECT,
    rank: LOG_RANK,
    identityOf: whose(record),
    ...given,
  });
}

function spanOf(span: Span, given: Given): UsageEvent {
  const { durationMs = null, ...rest } = given;
  return spanEvent(DIALECT, span, {
    family: DIALECT,
    rank: SPAN_RANK,
    identityOf: whose(span),
    ...rest,
    ...(durationMs === null ? {} : { durationMs }),
  });
}

function modelCall(attributes: Attributes, isFailed: boolean): Given {
  const model = text(attributes, "model", "gen_ai.request.model");
  const usage = callUsage({
    raw: {
      input: count(attributes, "input_tokens"),
      output: count(attributes, "output_tokens"),
      cacheRead: count(attributes, "cache_read_tokens"),
      cacheWrite: count(attributes, "cache_creation_tokens"),
      cacheWrite5m: count(attributes, "cache_creation_5m_tokens"),
      cacheWrite1h: count(attributes, "cache_creation_1h_tokens"),
    },
    convention: EXCLUSIVE,
    isFailed,
    isEmbedding: false,
  });
  return {
    kind: "model_call",
    operation: "chat",
    provider: providerOf(attributes, model),
    model,
    tokens: usage.tokens,
    flags: usage.flags,
    responseIds: responseIdsOf(attributes),
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? (text(attributes, "status_code", "error.type") ?? "_OTHER") : null,
    attempt: attemptOf(attributes, "attempt"),
    speed: speedOf(attributes),
    reportedCost: amount(attributes, "cost_usd"),
    durationMs: number(attributes, "duration_ms"),
  };
}

function toolResult(attributes: Attributes): Given {
  const isFailed = truth(attributes, "success") === false;
  return {
    ...toolCall(attributes),
    status: isFailed ? "error" : "ok",
    errorType: isFailed
      ? (text(attributes, "error_type", "error") ?? "_OTHER").slice(0, 256)
      : null,
    durationMs: number(attributes, "duration_ms"),
  };
}

function toolCall(attributes: Attributes): Given {
  return {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "tool_name", "gen_ai.tool.name"),
    toolCallId: text(attributes, "tool_use_id", "gen_ai.tool.call.id"),
  };
}

/** The ids by which log and span of one request find each other; the vendor's and the client's own. */
function responseIdsOf(attributes: Attributes): readonly string[] {
  const keys = ["request_id", "gen_ai.response.id", "client_request_id"];
  return [...new Set(keys.flatMap((key) => texts(attributes, key)))];
}

function providerOf(attributes: Attributes, model: string | null): string {
  const set = text(attributes, "anthropic.provider")?.toLowerCase() ?? "";
  return PROVIDERS[set] ?? (model === null ? null : providerOfModel(model)) ?? "anthropic";
}

function speedOf(attributes: Attributes): string | null {
  const speed = text(attributes, "speed");
  return speed === "normal" ? null : speed;
}

/** On spans of a subagent `gen_ai.conversation.id` is the agent; `session.id` stays the session. */
function whose(item: LogRecord | Span | MetricPoint): Identity {
  const { attributes } = item;
  const session = text(attributes, "session.id");
  const source = text(attributes, "query_source", "query_source_safe") ?? "";
  const subagent = /^agent[:.][^:.]+[:.](.+)$/.exec(source)?.[1] ?? null;
  return agentIdentity(item, {
    agent: text(attributes, "agent.name") ?? subagent ?? DIALECT,
    ...(session === null ? {} : { session }),
  });
}

function one(event: UsageEvent): Reading {
  return { events: [event] };
}
