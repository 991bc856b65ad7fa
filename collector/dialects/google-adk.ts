import type { Attributes, Span } from "../otlp/model.ts";
import { count, object, text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { operationOf, readGenAiSpan } from "./gen-ai-span.ts";
import { genAiUsage, hasUsage } from "./gen-ai-usage.ts";
import { hash } from "./item-hash.ts";
import type { RawUsage } from "./tokens.ts";
import { GEMINI_RAW } from "./tokens.ts";

/**
 * Google's Agent Development Kit (DIALECTS 10): Gemini's raw counts, thoughts
 * and cached tokens only in the JSON answer on `call_llm`, whose child
 * `generate_content` repeats the rest. Both get the same id of the call, so
 * that one counts, with the details of the one and the identity of the other.
 */
export const googleAdk: Dialect = {
  ownsSpan,
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "google-adk",
      operation,
      convention: () => GEMINI_RAW,
      omitsZeroCache: usageMetadata(span) !== null,
      usage: usageOf,
      more: (self) => ({ responseIds: responseIds(self) }),
    }),
};

/** With OTel's google-genai instrumentation on, that one writes the child, marked with ADK's ids. */
function ownsSpan(span: Span): boolean {
  if (span.scope.name === "gcp.vertex.agent") return true;
  for (const key of span.attributes.keys()) {
    if (key.startsWith("gcp.vertex.agent.")) return true;
  }
  return false;
}

function operation(span: Span): string | null {
  if (span.name.includes("(merged tools)")) {
    return null;
  }
  if (span.name === "call_llm") {
    return "generate_content";
  }
  return span.name === "invocation" ? null : operationOf(span);
}

function usageMetadata(span: Span): Attributes | null {
  const answer = object(span.attributes, "gcp.vertex.agent.llm_response");
  return answer === null ? null : object(answer, "usage_metadata", "usageMetadata");
}

function usageOf(span: Span): RawUsage {
  const raw = genAiUsage(span.attributes);
  const usage = usageMetadata(span);
  if (usage === null) {
    return raw;
  }
  const told: RawUsage = {
    input: count(usage, "prompt_token_count", "promptTokenCount"),
    output: count(usage, "candidates_token_count", "candidatesTokenCount"),
    cacheRead: count(usage, "cached_content_token_count", "cachedContentTokenCount"),
    reasoning: count(usage, "thoughts_token_count", "thoughtsTokenCount"),
    toolPrompt: count(usage, "tool_use_prompt_token_count", "toolUsePromptTokenCount"),
    vendorTotal: count(usage, "total_token_count", "totalTokenCount"),
  };
  return hasUsage(told) ? told : raw;
}

/**
 * The provider's id when there is one; besides, an id that a `call_llm` and its
 * child share: the place of the former and the counts that both repeat.
 */
function responseIds(span: Span): readonly string[] {
  const own = text(span.attributes, "gen_ai.response.id");
  const raw = { ...usageOf(span), ...known(genAiUsage(span.attributes)) };
  const place = span.name === "call_llm" ? span.spanId : span.parentSpanId;
  const isCall = span.name === "call_llm" || span.name.startsWith("generate_content");
  if (!isCall || place === "" || !hasUsage(raw)) return own === null ? [] : [own];
  const shared = `adk:${hash(span.traceId, place, String(raw.input), String(raw.output))}`;
  return own === null ? [shared] : [own, shared];
}

function known({ input, output }: RawUsage): RawUsage {
  return {
    ...(input === null ? {} : { input }),
    ...(output === null ? {} : { output }),
  } as RawUsage;
}
