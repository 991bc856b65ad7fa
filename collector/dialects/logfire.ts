import type { Span } from "../otlp/model.ts";
import { object, text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { operationOf, readGenAiSpan } from "./gen-ai-span.ts";
import { genAiUsage, hasUsage, saysCache, vendorUsage } from "./gen-ai-usage.ts";

/**
 * Logfire's own integrations (DIALECTS 10), and the pending copies that its SDK
 * exports of every span, of whatever library, when the span starts.
 */
export const logfire: Dialect = {
  ownsSpan: (span) => isPending(span) || /^logfire\./.test(span.scope.name),
  readSpan: (span) =>
    isPending(span)
      ? null
      : readGenAiSpan(span, {
          dialect: "logfire",
          operation: (self) => (isRequestOfStream(self) ? null : operationOf(self)),
          usage: ({ attributes }) => {
            const raw = genAiUsage(attributes);
            const told = object(attributes, "gen_ai.usage.raw");
            if (told === null) {
              return raw;
            }
            const { cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h, reasoning } =
              vendorUsage(told);
            return {
              ...raw,
              ...(saysCache(raw)
                ? {}
                : { cacheRead: cacheRead ?? null, cacheWrite: cacheWrite ?? null }),
              cacheWrite5m: cacheWrite5m ?? null,
              cacheWrite1h: cacheWrite1h ?? null,
              reasoning: raw.reasoning ?? reasoning ?? null,
            };
          },
        }),
};

/**
 * Of a streamed call, the span only tells that the stream began; a record
 * beside it tells the call when the stream has been read, also when it broke.
 */
function isRequestOfStream(span: Span): boolean {
  const { attributes } = span;
  return (
    text(attributes, "logfire.span_type") === "span" &&
    text(attributes, "gen_ai.operation.name") === "chat" &&
    attributes.has("request_data") &&
    span.statusCode !== 2 &&
    !ANSWERS.some((key) => attributes.has(key)) &&
    !hasUsage(genAiUsage(attributes))
  );
}

const ANSWERS = ["gen_ai.response.id", "gen_ai.output.messages", "response_data", "error.type"];

function isPending(span: Span): boolean {
  return text(span.attributes, "logfire.span_type") === "pending_span";
}
