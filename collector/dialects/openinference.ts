import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, AttributeValue, Span } from "../otlp/model.ts";
import { amount, count, object, objectOf, text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { failureOf, tierOf } from "./gen-ai-span.ts";
import { callUsage, hasUsage, saysCache, vendorUsage } from "./gen-ai-usage.ts";
import { spanEvent } from "./item-event.ts";
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
  const output = object(attributes, "output.value") ?? new Map();
  const failure = failureOf(span);
  const { raw, convention } = usageOf(span, output);
  const usage = callUsage({
    raw,
    convention,
    isFailed: failure.status === "error",
    isEmbedding: operation === "embeddings",
  });
  const model = text(
    attributes,
    "llm.response.model_name",
    "llm.model_name",
    "embedding.model_name",
    "llm.request.model_name",
  );
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
    responseIds: witness === "call" ? responseIds(attributes, output) : [],
    tier: tierOf(serviceTier(output), null),
    reportedCost: amount(attributes, "llm.cost.total"),
  });
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
function usageOf(span: Span, output: Attributes): { raw: RawUsage; convention: Convention } {
  const raw = attributeUsage(span.attributes);
  const vendor = vendorUsage(object(output, "usage") ?? new Map());
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

/** The provider's id, of the attribute or of the answer kept as `output.value`. */
function responseIds(attributes: Attributes, output: Attributes): readonly string[] {
  const told = text(attributes, "llm.response.id", "gen_ai.response.id");
  const kept = [text(output, "id"), text(langChainMessage(output), "id")];
  const id = told ?? kept.find((each) => each !== null && VENDOR_ID.test(each)) ?? null;
  return id === null ? [] : [id.slice(0, 256)];
}

/** Ids that OpenAI, Anthropic and OpenRouter give; other ids in an answer may name anything. */
const VENDOR_ID = /^(chatcmpl|cmpl|resp|msg|gen)[-_][\w-]{8,250}$/;

/** LangChain's answer is a list of generations per prompt, the message of each serialised. */
function langChainMessage(output: Attributes): Attributes {
  const [first] = listOf(output.get("generations"));
  const [generation] = listOf(first);
  const message = objectOf(objectOf(generation)?.get("message"));
  return objectOf(message?.get("kwargs")) ?? new Map();
}

function listOf(value: AttributeValue | undefined): readonly AttributeValue[] {
  return Array.isArray(value) ? value : [];
}

function serviceTier(output: Attributes): string | null {
  return text(output, "service_tier") ?? text(object(output, "usage") ?? new Map(), "service_tier");
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
