import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, Span } from "../otlp/model.ts";
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
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "litellm",
      operation,
      more: ({ attributes }) => deployed(attributes),
    }),
};

/**
 * The proxy answers under the name that its clients know the model by
 * (`model_name` in its configuration); the request it made names the model.
 */
function deployed(attributes: Attributes): Partial<UsageEvent> {
  const alias = text(attributes, "gen_ai.response.model");
  const model = text(attributes, "gen_ai.request.model");
  const isAlias = alias !== null && alias === text(attributes, "litellm.model_group");
  return isAlias && model !== null && model !== alias ? { model, requestModel: alias } : {};
}

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
