import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, MetricPoint, Span } from "../otlp/model.ts";
import { count, countOf, object, text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { failureOf } from "./gen-ai-span.ts";
import { callUsage } from "./gen-ai-usage.ts";
import { pointEvent, spanEvent } from "./item-event.ts";
import { canonicalProvider, providerOf } from "./provider.ts";
import type { Convention, RawUsage } from "./tokens.ts";
import { EXCLUSIVE, GEMINI_RAW, INCLUSIVE } from "./tokens.ts";

const METRIC = /^genkit\/ai\/generate\/(input|output)\/tokens$/;

/** Firebase Genkit (DIALECTS 10): usage inside the JSON of `genkit:output`. */
export const genkit: Dialect = {
  ownsSpan: (span) => span.attributes.has("genkit:type") || span.attributes.has("genkit:name"),
  ownsPoint: (point) => METRIC.test(point.metric),
  readSpan,
  readPoint,
};

/** Only the model's action is a call; flows and generate() around it repeat its answer. */
function readSpan(span: Span): Reading | null {
  const subtype = text(span.attributes, "genkit:metadata:subtype", "genkit:subtype");
  if (subtype === "model" || subtype === "embedder") {
    return { events: [modelCall(span, subtype === "model" ? "chat" : "embeddings")] };
  }
  return subtype?.startsWith("tool") === true ? { events: [toolCall(span)] } : null;
}

function modelCall(span: Span, operation: string): UsageEvent {
  const name = text(span.attributes, "genkit:name") ?? span.name;
  const [plugin = "", ...rest] = name.split("/");
  const model = rest.length > 0 ? rest.join("/") : name;
  const provider = providerOf({
    named: [rest.length > 0 ? canonicalProvider(PLUGINS[plugin] ?? plugin) : null],
    models: [model],
  });
  const end = endOf(span);
  const usage = callUsage({
    raw: usageOf(span.attributes),
    convention: conventionOf(provider),
    isFailed: end.status === "error",
    isEmbedding: operation === "embeddings",
  });
  return spanEvent("genkit", span, {
    kind: "model_call",
    operation,
    provider,
    model,
    tokens: usage.tokens,
    flags: usage.flags,
    ...end,
  });
}

const PLUGINS: Readonly<Record<string, string>> = {
  googleai: "gcp.gemini",
  vertexai: "gcp.vertex_ai",
  "vertex-model-garden": "gcp.vertex_ai",
  compat: "openai",
};

function usageOf(attributes: Attributes): RawUsage {
  const usage = object(object(attributes, "genkit:output") ?? new Map(), "usage") ?? new Map();
  const custom = object(usage, "custom") ?? new Map();
  return {
    input: count(usage, "inputTokens"),
    output: count(usage, "outputTokens"),
    cacheRead: count(usage, "cachedContentTokens") ?? count(custom, "cache_read_input_tokens"),
    cacheWrite: count(custom, "cache_creation_input_tokens"),
    reasoning: count(usage, "thoughtsTokens"),
    vendorTotal: count(usage, "totalTokens"),
  };
}

function conventionOf(provider: string | null): Convention {
  if (provider === "anthropic") {
    return EXCLUSIVE;
  }
  return provider === "gcp.gemini" || provider === "gcp.vertex_ai" ? GEMINI_RAW : INCLUSIVE;
}

function toolCall(span: Span): UsageEvent {
  return spanEvent("genkit", span, {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(span.attributes, "genkit:name") ?? span.name,
    ...endOf(span),
  });
}

function endOf(span: Span): Pick<UsageEvent, "status" | "errorType"> {
  const end = failureOf(span);
  const isError = text(span.attributes, "genkit:state") === "error";
  return isError && end.status === "ok" ? { status: "error", errorType: "_OTHER" } : end;
}

function readPoint(point: MetricPoint): Reading | null {
  const part = METRIC.exec(point.metric)?.[1] === "input" ? "input_uncached" : "output";
  const tokens = countOf(point.value);
  if (point.value === null) {
    return null;
  }
  if (typeof tokens !== "number") {
    return { events: [], rejection: "the point is no whole number of tokens" };
  }
  const name = text(point.attributes, "modelName", "model") ?? "";
  const [plugin = "", ...rest] = name.split("/");
  const model = rest.length > 0 ? rest.join("/") : name || null;
  const event = pointEvent("genkit", point, {
    kind: "model_call",
    operation: "chat",
    model,
    provider: providerOf({
      named: [rest.length > 0 ? (PLUGINS[plugin] ?? plugin) : null],
      models: [model],
    }),
    tokens: { ...NO_TOKENS, [part]: tokens },
    flags: part === "input_uncached" ? ["cache_unreported"] : [],
  });
  return { events: [event] };
}
