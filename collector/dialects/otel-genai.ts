import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { LogRecord, MetricPoint, Span } from "../otlp/model.ts";
import { countOf, text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { readGenAiSpan, tierOf } from "./gen-ai-span.ts";
import { callUsage, genAiUsage, hasUsage } from "./gen-ai-usage.ts";
import { eventNameOf, logEvent, pointEvent } from "./item-event.ts";
import { providerOf } from "./provider.ts";
import { INCLUSIVE } from "./tokens.ts";

const DETAILS = "gen_ai.client.inference.operation.details";
const TOKEN_USAGE = "gen_ai.client.token.usage";
const INFERENCE_USAGE = "gen_ai.client.inference.usage.";

/**
 * OpenTelemetry's GenAI semantic conventions, all versions, with MCP spans
 * (DIALECTS 1). It takes whatever has `gen_ai.*` and no other owner.
 */
export const otelGenAi: Dialect = {
  ownsSpan: (span) => hasGenAi(span),
  ownsLog: (record) => eventNameOf(record) === DETAILS,
  ownsPoint: (point) => point.metric === TOKEN_USAGE || point.metric.startsWith(INFERENCE_USAGE),
  readSpan: (span) => readGenAiSpan(span, { dialect: "otel-genai" }),
  readLog,
  readPoint,
};

function hasGenAi(span: Span): boolean {
  for (const key of span.attributes.keys()) {
    if (key.startsWith("gen_ai.") || key === "mcp.method.name") {
      return true;
    }
  }
  return false;
}

/** The opt-in event repeats its span's usage, so it ranks behind spans. */
function readLog(record: LogRecord): Reading | null {
  const { attributes } = record;
  const operation = text(attributes, "gen_ai.operation.name") ?? "chat";
  const errorType = text(attributes, "error.type");
  const responseId = text(attributes, "gen_ai.response.id");
  const raw = genAiUsage(attributes);
  // Some instrumentations give the same name to an event per message, which says nothing of usage.
  if (!hasUsage(raw) && errorType === null) return null;
  const usage = callUsage({
    raw,
    convention: INCLUSIVE,
    isFailed: errorType !== null,
    isEmbedding: operation === "embeddings",
  });
  const event = logEvent("otel-genai", record, {
    kind: "model_call",
    rank: 2,
    operation,
    ...whoAnswers(record),
    tokens: usage.tokens,
    flags: usage.flags,
    status: errorType === null ? "ok" : "error",
    errorType,
    responseIds: responseId === null ? [] : [responseId],
    tier: tierOf(
      text(attributes, "openai.response.service_tier"),
      text(attributes, "openai.request.service_tier"),
    ),
  });
  return { events: [event] };
}

function readPoint(point: MetricPoint): Reading | null {
  const part = tokenClass(point);
  if (part === null || point.value === null || point.type === "gauge") {
    return null;
  }
  const amount = countOf(point.value);
  if (typeof amount !== "number") {
    return { events: [], rejection: "the point is no whole number of tokens" };
  }
  const isBare = point.metric === TOKEN_USAGE && part === "input_uncached";
  const event = pointEvent("otel-genai", point, {
    kind: "model_call",
    operation: text(point.attributes, "gen_ai.operation.name") ?? "chat",
    ...whoAnswers(point),
    tokens: { ...NO_TOKENS, [part]: amount },
    flags: flagsOf(part, isBare),
  });
  return { events: [event] };
}

function flagsOf(part: string, isBare: boolean): UsageEvent["flags"] {
  if (part === "cache_write_5m") {
    return ["assumed_ttl"];
  }
  return isBare ? ["cache_unreported"] : [];
}

/** `total` repeats the others (Spring AI); the ledger takes the caches out of the input (metric-nesting.ts). */
function tokenClass(point: MetricPoint): keyof typeof NO_TOKENS | null {
  if (point.metric === TOKEN_USAGE) {
    const type = text(point.attributes, "gen_ai.token.type")?.toLowerCase() ?? "";
    return TYPES[type] ?? null;
  }
  return TYPES[point.metric.slice(INFERENCE_USAGE.length)] ?? null;
}

const TYPES: Readonly<Record<string, keyof typeof NO_TOKENS>> = {
  input: "input_uncached",
  prompt: "input_uncached",
  output: "output",
  completion: "output",
  input_tokens: "input_uncached",
  output_tokens: "output",
  "cache_read.input_tokens": "cache_read",
  "cache_write.input_tokens": "cache_write_5m",
  "cache_creation.input_tokens": "cache_write_5m",
  "reasoning.output_tokens": "reasoning",
};

function whoAnswers(
  item: LogRecord | MetricPoint,
): Pick<UsageEvent, "provider" | "model" | "requestModel"> {
  const { attributes } = item;
  const model = text(attributes, "gen_ai.response.model");
  const requestModel = text(attributes, "gen_ai.request.model");
  const provider = providerOf({
    named: [text(attributes, "gen_ai.provider.name"), text(attributes, "gen_ai.system")],
    host: text(attributes, "server.address"),
    models: [model, requestModel],
  });
  return { provider, model, requestModel };
}
