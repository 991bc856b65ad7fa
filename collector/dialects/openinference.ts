import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, Span } from "../otlp/model.ts";
import { amount, count, object, text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { failureOf, tierOf } from "./gen-ai-span.ts";
import { callUsage, hasUsage, saysCache } from "./gen-ai-usage.ts";
import { spanEvent } from "./item-event.ts";
import { recordedAnswer } from "./langchain-answer.ts";
import { providerOf } from "./provider.ts";
import type { Convention, RawUsage } from "./tokens.ts";
import { EXCLUSIVE, INCLUSIVE } from "./tokens.ts";

/** Spans of OpenInference instrumentations (DIALECTS 2). */
export const openinference: Dialect = {
  ownsSpan: (span) => span.attributes.has("openinference.span.kind"),
  readSpan,
};

const JS_ANTHROPIC = "@arizeai/openinference-instrumentation-anthropic";

function readSpan(span: Span): Reading | null {
  const kind = text(span.attributes, "openinference.span.kind")?.toUpperCase();
  if (kind === "TOOL") {
    return { events: [toolCall(span)] };
  }
  if (kind === "LLM") {
    return { events: [modelCall(span, "chat", "call")] };
  }
  if (kind === "EMBEDDING") {
    return { events: [modelCall(span, "embeddings", "call")] };
  }
  // AGENT of claude-agent-sdk holds the query's only usage; of smolagents, a repeated total.
  if (hasUsage(attributeUsage(span.attributes))) {
    return { events: [modelCall(span, "invoke_agent", "aggregate")] };
  }
  return kind === "AGENT" ? { events: [agentRun(span)] } : null;
}

function modelCall(span: Span, operation: string, witness: "call" | "aggregate"): UsageEvent {
  const { attributes } = span;
  const answer = recordedAnswer(object(attributes, "output.value") ?? new Map());
  const failure = failureOf(span);
  const { raw, convention } = usageOf(span, answer.usage);
  const usage = callUsage({
    raw,
    convention,
    isFailed: failure.status === "error",
    isEmbedding: operation === "embeddings",
  });
  const model = modelOf(attributes);
  const told = text(attributes, "llm.response.id", "gen_ai.response.id") ?? answer.responseId;
  return spanEvent("openinference", span, {
    kind: "model_call",
    witness,
    operation,
    provider: providerOf({
      // `llm.provider` is who hosts, `llm.system` only whose model it is.
      named: [text(attributes, "llm.provider")],
      models: [model, familyAsModel(text(attributes, "llm.system"))],
    }),
    model,
    requestModel: text(attributes, "llm.request.model_name"),
    tokens: usage.tokens,
    flags: usage.flags,
    ...failure,
    responseIds: witness === "call" && told !== null ? [told.slice(0, 256)] : [],
    tier: tierOf(answer.tier, null),
    reportedCost: amount(attributes, "llm.cost.total"),
  });
}

/** A call that failed has no other name of its model than the one in the request. */
function modelOf(attributes: Attributes): string | null {
  const told = text(
    attributes,
    "llm.response.model_name",
    "llm.model_name",
    "embedding.model_name",
    "llm.request.model_name",
  );
  return (
    told ??
    text(object(attributes, "llm.invocation_parameters") ?? new Map(), "model", "model_name")
  );
}

/** The family of the model, which hints at its vendor where neither host nor model id does. */
function familyAsModel(system: string | null): string | null {
  return FAMILIES[system?.toLowerCase() ?? ""] ?? null;
}

/** Families as a model id that gives their first-party host away. */
const FAMILIES: Readonly<Record<string, string>> = {
  openai: "openai/",
  anthropic: "anthropic/",
  vertexai: "vertex_ai/",
  mistralai: "mistral/",
  cohere: "cohere/",
  deepseek: "deepseek/",
  xai: "xai/",
};

/**
 * The counts, and what they mean. Where the instrumentation dropped the cache
 * or its lifetimes, the vendor's own usage in the answer has them.
 */
function usageOf(span: Span, vendor: RawUsage): { raw: RawUsage; convention: Convention } {
  const raw = attributeUsage(span.attributes);
  if (!hasUsage(raw)) {
    return { raw, convention: INCLUSIVE };
  }
  const isExclusive =
    span.scope.name.endsWith("claude_agent_sdk") ||
    (span.scope.name === JS_ANTHROPIC && !saysCache(raw));
  return {
    raw: {
      ...raw,
      ...(saysCache(raw) ? {} : { cacheRead: vendor.cacheRead, cacheWrite: vendor.cacheWrite }),
      cacheWrite5m: vendor.cacheWrite5m ?? null,
      cacheWrite1h: vendor.cacheWrite1h ?? null,
    } as RawUsage,
    convention: isExclusive ? EXCLUSIVE : INCLUSIVE,
  };
}

function attributeUsage(attributes: Attributes): RawUsage {
  const read = (name: string) => count(attributes, `llm.token_count.${name}`);
  return {
    input: read("prompt"),
    output: read("completion"),
    cacheRead: count(
      attributes,
      "llm.token_count.prompt_details.cache_read",
      "llm.token_count.prompt_details.cache_input",
    ),
    cacheWrite: read("prompt_details.cache_write"),
    reasoning: read("completion_details.reasoning"),
  };
}

function toolCall(span: Span): UsageEvent {
  const { attributes } = span;
  const output = object(attributes, "output.value") ?? new Map();
  const message = object(object(output, "output") ?? output, "kwargs") ?? output;
  const callId =
    text(attributes, "tool.id", "tool_call.id", "gen_ai.tool.call.id") ??
    text(message, "tool_call_id");
  return spanEvent("openinference", span, {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "tool.name") ?? span.name.slice(0, 256),
    toolCallId: callId,
    ...failureOf(span),
  });
}

function agentRun(span: Span): UsageEvent {
  return spanEvent("openinference", span, {
    kind: "agent_run",
    operation: "invoke_agent",
    ...failureOf(span),
  });
}
