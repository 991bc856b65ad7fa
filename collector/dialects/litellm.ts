import type { Span } from "../otlp/model.ts";
import { text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { operationOf, readGenAiSpan } from "./gen-ai-span.ts";
import { genAiUsage, hasUsage } from "./gen-ai-usage.ts";

/**
 * LiteLLM's proxy and SDK callback (DIALECTS 10): inclusive, without the cache.
 * The proxy's own span repeats the request's; the response id joins both, and
 * the client's instrumentation, into one call.
 */
export const litellm: Dialect = {
  ownsSpan: (span) => span.scope.name === "litellm",
  readSpan: (span) => readGenAiSpan(span, { dialect: "litellm", operation }),
};

function operation(span: Span): string | null {
  if (span.name === "raw_gen_ai_request") {
    return null;
  }
  if (span.name !== "litellm_request" && !hasUsage(genAiUsage(span.attributes))) {
    return null;
  }
  const asked = text(span.attributes, "llm.request.type")?.toLowerCase() ?? "";
  if (asked.includes("embedding")) {
    return "embeddings";
  }
  const named = operationOf(span);
  return named === null || named === "unknown" ? "chat" : named;
}
