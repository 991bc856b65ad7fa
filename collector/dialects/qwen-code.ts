import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint, Span } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { attemptOf } from "./attempts.ts";
import { count, text, truth } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { type GeminiRules, readGeminiLog, readGeminiPoint } from "./gemini-records.ts";
import { failureOf, spanProvider } from "./gen-ai-span.ts";
import { callUsage, genAiUsage } from "./gen-ai-usage.ts";
import { type Given, spanEvent } from "./item-event.ts";
import { canonicalProvider, providerOf } from "./provider.ts";
import { INCLUSIVE } from "./tokens.ts";

const DIALECT = "qwen-code";
const PREFIX = "qwen-code.";

const RULES: GeminiRules = {
  dialect: DIALECT,
  prefix: DIALECT,
  convention: INCLUSIVE,
  // The span tells of cache writes too.
  rank: 2,
  thoughtClasses: ["reasoning"],
  billing,
  hidesCache: (attributes) =>
    text(attributes, "auth_type") === "anthropic" ||
    /claude/i.test(text(attributes, "model") ?? ""),
};

/**
 * Qwen Code (DIALECTS section 7): Gemini CLI's records with OpenAI's meaning.
 * Input includes the cache, whoever answers. Whether output includes the
 * thoughts is told by the total. Log and span share the response id.
 */
export const qwenCode: Dialect = {
  ownsSpan: (span) => span.scope.name === DIALECT || span.name.startsWith(PREFIX),
  ownsLog: (record) => isOurs(record) || isNamed(record.attributes),
  ownsPoint: (point) => isOurs(point) || point.metric.startsWith(PREFIX),
  readSpan,
  readLog: (record) => readGeminiLog(record, RULES),
  readPoint: (point) => readGeminiPoint(point, RULES),
};

function isOurs({ resource, scope }: LogRecord | MetricPoint): boolean {
  return scope.name === DIALECT || text(resource.attributes, "service.name") === DIALECT;
}

function isNamed(attributes: Attributes): boolean {
  return text(attributes, "event.name")?.startsWith(PREFIX) === true;
}

function readSpan(span: Span): Reading | null {
  switch (span.name) {
    case `${PREFIX}llm_request`:
      return one(span, modelCall(span));
    case `${PREFIX}tool`:
      return one(span, toolCall(span));
    case `${PREFIX}interaction`:
    case `${PREFIX}subagent`:
      return one(span, { kind: "agent_run", operation: "invoke_agent", ...failureOf(span) });
    default:
      return null;
  }
}

function one(span: Span, given: Given): Reading {
  const { attributes } = span;
  const agent = text(attributes, "gen_ai.agent.name", "subagent_name");
  const event = spanEvent(DIALECT, span, {
    family: DIALECT,
    identityOf: agentIdentity(span, agent === null ? {} : { agent }),
    ...given,
  });
  return { events: [event] };
}

function modelCall(span: Span): Given {
  const { attributes } = span;
  const failure = failureOf(span);
  const isFailed = failure.status === "error" || truth(attributes, "success") === false;
  const raw = genAiUsage(attributes);
  const usage = callUsage({
    raw: { ...raw, reasoning: raw.reasoning ?? count(attributes, "thoughts_token_count") },
    convention: INCLUSIVE,
    isFailed,
    isEmbedding: false,
  });
  const responseId = text(attributes, "gen_ai.response.id");
  return {
    kind: "model_call",
    operation: "chat",
    provider: spanProvider(span),
    model: text(attributes, "gen_ai.response.model"),
    requestModel: text(attributes, "gen_ai.request.model"),
    tokens: usage.tokens,
    flags: usage.flags,
    responseIds: responseId === null ? [] : [responseId],
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? (failure.errorType ?? "_OTHER") : null,
    attempt: attemptOf(attributes, "attempt"),
  };
}

function toolCall(span: Span): Given {
  const { attributes } = span;
  const failure = failureOf(span);
  const isFailed = failure.status === "error" || truth(attributes, "success") === false;
  return {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "gen_ai.tool.name", "tool_name"),
    toolCallId: text(attributes, "gen_ai.tool.call.id", "call_id", "tool.call_id"),
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? (failure.errorType ?? "_OTHER") : null,
  };
}

/** "openai" is any server that speaks OpenAI's protocol; Qwen's own sign-in is free of charge. */
function billing(attributes: Attributes): Pick<UsageEvent, "provider" | "funding"> {
  const auth = text(attributes, "auth_type");
  const model = text(attributes, "model", "model_name");
  const isLogin = auth !== null && /oauth/i.test(auth);
  const named = auth === null || isLogin ? null : canonicalProvider(auth);
  return {
    provider: named ?? providerOf({ models: [model] }),
    funding: isLogin ? "plan" : "api",
  };
}
