import type { Span } from "../otlp/model.ts";
import { object, text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { readGenAiSpan } from "./gen-ai-span.ts";
import { genAiUsage, saysCache, vendorUsage } from "./gen-ai-usage.ts";

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
          usage: ({ attributes }) => {
            const raw = genAiUsage(attributes);
            const told = object(attributes, "gen_ai.usage.raw");
            if (told === null) {
              return raw;
            }
            const { cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h } = vendorUsage(told);
            return {
              ...raw,
              ...(saysCache(raw)
                ? {}
                : { cacheRead: cacheRead ?? null, cacheWrite: cacheWrite ?? null }),
              cacheWrite5m: cacheWrite5m ?? null,
              cacheWrite1h: cacheWrite1h ?? null,
            };
          },
        }),
};

function isPending(span: Span): boolean {
  return text(span.attributes, "logfire.span_type") === "pending_span";
}
