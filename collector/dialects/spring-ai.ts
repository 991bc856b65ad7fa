import type { Span } from "../otlp/model.ts";
import { text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { operationOf, readGenAiSpan } from "./gen-ai-span.ts";
import { EXCLUSIVE, INCLUSIVE } from "./tokens.ts";

/**
 * Spring AI over Micrometer (DIALECTS 10): every number is text, and the
 * vendor's usage is passed through, so Anthropic's and Bedrock's input excludes
 * the cache.
 */
export const springAi: Dialect = {
  ownsSpan,
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "spring-ai",
      convention: (_, provider) =>
        provider === "anthropic" || provider === "aws.bedrock" ? EXCLUSIVE : INCLUSIVE,
      operation: (self) =>
        self.attributes.has("spring.ai.tool.definition.name") ? "execute_tool" : operationOf(self),
      more: (self) => {
        const tool = text(self.attributes, "spring.ai.tool.definition.name");
        const toolCallId = text(self.attributes, "spring.ai.tool.call.id", "gen_ai.tool.call.id");
        return tool === null ? {} : { tool, toolCallId };
      },
    }),
};

function ownsSpan(span: Span): boolean {
  if (text(span.attributes, "gen_ai.system") === "spring_ai") {
    return true;
  }
  let isGenAi = false;
  for (const key of span.attributes.keys()) {
    if (key.startsWith("spring.ai.")) {
      return true;
    }
    isGenAi ||= key.startsWith("gen_ai.");
  }
  return isGenAi && span.scope.name.startsWith("org.springframework");
}
