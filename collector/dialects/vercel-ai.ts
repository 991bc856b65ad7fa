import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, Span } from "../otlp/model.ts";
import { count, object, text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { failureOf, readGenAiSpan, tierOf } from "./gen-ai-span.ts";
import { callUsage, genAiUsage, vendorUsage } from "./gen-ai-usage.ts";
import { spanEvent } from "./item-event.ts";
import { providerOf } from "./provider.ts";
import type { Convention, RawUsage } from "./tokens.ts";
import { EXCLUSIVE, INCLUSIVE } from "./tokens.ts";

/**
 * The Vercel AI SDK, v4 to v7 (DIALECTS 4). Programs may use a tracer of their
 * own (opencode does), so `ai.operationId` decides, whatever the scope.
 */
export const vercelAi: Dialect = {
  ownsSpan: (span) =>
    span.attributes.has("ai.operationId") ||
    span.scope.name === "ai" ||
    (span.scope.name === "gen_ai" && span.attributes.has("gen_ai.operation.name")),
  readSpan: (span) =>
    span.attributes.has("ai.operationId") ? readLegacy(span) : readConventional(span),
};

/** v7 speaks the OTel conventions, inclusive for every provider. */
function readConventional(span: Span): Reading | null {
  return readGenAiSpan(span, {
    dialect: "vercel-ai",
    usage: ({ attributes }) => {
      const raw = genAiUsage(attributes);
      return { ...raw, reasoning: raw.reasoning ?? detailedReasoning(attributes) };
    },
  });
}

const LEAF = /^ai\.\w+\.do(Generate|Stream|Embed|Rerank)$/;
const OUTER = /^ai\.(generate|stream)(Text|Object)$|^ai\.(embed|embedMany|rerank)$/;

/** v4 to v6: `ai.*`. The outer span repeats its steps: the last one or their sum. */
function readLegacy(span: Span): Reading | null {
  const id = text(span.attributes, "ai.operationId") ?? "";
  if (id === "ai.toolCall") {
    return { events: [toolCall(span)] };
  }
  if (LEAF.test(id)) {
    return { events: [modelCall(span, id, "call")] };
  }
  const raw = usageOf(span.attributes);
  const isOuterCall = OUTER.test(id) && (raw.input ?? raw.output ?? null) !== null;
  return isOuterCall ? { events: [modelCall(span, id, "aggregate")] } : null;
}

function toolCall(span: Span): UsageEvent {
  return spanEvent("vercel-ai", span, {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(span.attributes, "ai.toolCall.name") ?? "unknown",
    toolCallId: text(span.attributes, "ai.toolCall.id"),
    ...failureOf(span),
  });
}

function modelCall(span: Span, id: string, witness: "call" | "aggregate"): UsageEvent {
  const { attributes } = span;
  const metadata = object(attributes, "ai.response.providerMetadata") ?? new Map();
  const operation = /embed/i.test(id) ? "embeddings" : "chat";
  const provider = text(attributes, "ai.model.provider", "gen_ai.system");
  const requestModel = text(attributes, "gen_ai.request.model", "ai.model.id");
  const model = text(attributes, "gen_ai.response.model", "ai.response.model");
  const failure = failureOf(span);
  const usage = callUsage({
    raw: usageOf(attributes),
    convention: conventionOf(attributes, provider, requestModel),
    isFailed: failure.status === "error",
    isEmbedding: operation === "embeddings",
  });
  return spanEvent("vercel-ai", span, {
    kind: "model_call",
    witness,
    operation,
    provider: providerOf({ named: [vendorName(provider)], models: [model, requestModel] }),
    model,
    requestModel,
    tokens: usage.tokens,
    flags: usage.flags,
    ...failure,
    responseIds: witness === "call" ? responseIds(attributes) : [],
    units: serverTools(metadata),
    tier: tierOf(servedTier(metadata), null),
  });
}

/** Provider ids end in the API that they speak: `openai.responses`, `acme.chat`. */
function vendorName(provider: string | null): string | null {
  return (
    provider?.replace(
      /\.(chat|completion|responses|messages|embedding|textEmbedding|image|speech|transcription)$/,
      "",
    ) ?? null
  );
}

function responseIds(attributes: Attributes): readonly string[] {
  const id = text(attributes, "gen_ai.response.id", "ai.response.id");
  return id === null ? [] : [id];
}

/**
 * `ai.usage.*` in the spellings of v4 to v6. v5 keeps cache writes, and all
 * lifetimes, in the provider's metadata only.
 */
function usageOf(attributes: Attributes): RawUsage {
  const metadata = object(attributes, "ai.response.providerMetadata") ?? new Map();
  const anthropic = object(metadata, "anthropic") ?? new Map();
  const bedrock = object(object(metadata, "bedrock") ?? new Map(), "usage") ?? new Map();
  const vendor = vendorUsage(object(anthropic, "usage") ?? bedrock);
  const read = (...names: readonly string[]) =>
    count(attributes, ...names.map((name) => `ai.usage.${name}`));
  return {
    input:
      read("inputTokens", "promptTokens", "tokens") ??
      count(attributes, "gen_ai.usage.input_tokens"),
    output:
      read("outputTokens", "completionTokens") ?? count(attributes, "gen_ai.usage.output_tokens"),
    cacheRead:
      read("inputTokenDetails.cacheReadTokens", "cachedInputTokens") ?? vendor.cacheRead ?? null,
    cacheWrite:
      read("inputTokenDetails.cacheWriteTokens") ??
      vendor.cacheWrite ??
      count(anthropic, "cacheCreationInputTokens"),
    cacheWrite5m: vendor.cacheWrite5m ?? null,
    cacheWrite1h: vendor.cacheWrite1h ?? null,
    reasoning: read("reasoningTokens") ?? detailedReasoning(attributes),
  };
}

function detailedReasoning(attributes: Attributes) {
  return count(attributes, "ai.usage.outputTokenDetails.reasoningTokens");
}

/**
 * v6 counts the cache inside the input and shows it by its details; v4 and v5
 * pass Anthropic's and Bedrock's numbers through, which leave it out.
 */
function conventionOf(
  attributes: Attributes,
  provider: string | null,
  model: string | null,
): Convention {
  for (const key of attributes.keys()) {
    if (key.startsWith("ai.usage.inputTokenDetails.")) {
      return INCLUSIVE;
    }
  }
  const isPassedThrough = /anthropic|bedrock/i.test(provider ?? "");
  const metadata = object(attributes, "ai.response.providerMetadata");
  const speaksAnthropic = metadata?.has("anthropic") === true && /claude/i.test(model ?? "");
  return isPassedThrough || speaksAnthropic ? EXCLUSIVE : INCLUSIVE;
}

/** What Anthropic bills by the piece. */
function serverTools(metadata: Attributes): Readonly<Record<string, number>> {
  const usage = object(object(metadata, "anthropic") ?? new Map(), "usage") ?? new Map();
  const searches = count(object(usage, "server_tool_use") ?? new Map(), "web_search_requests");
  return typeof searches === "number" && searches > 0 ? { web_search_requests: searches } : {};
}

function servedTier(metadata: Attributes): string | null {
  const anthropic = object(metadata, "anthropic") ?? new Map();
  return (
    text(object(metadata, "openai") ?? new Map(), "serviceTier") ??
    text(object(anthropic, "usage") ?? new Map(), "service_tier")
  );
}
