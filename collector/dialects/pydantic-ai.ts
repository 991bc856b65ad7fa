import type { Span } from "../otlp/model.ts";
import { text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { operationOf, readGenAiSpan } from "./gen-ai-span.ts";
import { genAiUsage, hasUsage, RUN_USAGE } from "./gen-ai-usage.ts";

/** Pydantic AI (DIALECTS 10): inclusive; cache counts appear only when there are any. */
export const pydanticAi: Dialect = {
  ownsSpan: (span) => span.scope.name === "pydantic-ai" || span.scope.name === "pydantic_ai",
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "pydantic-ai",
      operation,
      omitsZeroCache: true,
      usage: ({ attributes }) => {
        const run = genAiUsage(attributes, RUN_USAGE);
        return hasUsage(run) ? run : genAiUsage(attributes);
      },
      more: (self) => {
        const stage = text(self.attributes, "pydantic_ai.tool.failure_stage");
        return stage === null ? {} : { status: "error", errorType: `${stage}_failed` };
      },
    }),
};

/** The first formats had names instead of operations; "running 2 tools" only groups. */
function operation(span: Span): string | null {
  if (/^running \d+ tools?$/.test(span.name)) {
    return null;
  }
  if (/^agent run$|^.+ run$/.test(span.name) && span.attributes.has("agent_name")) {
    return "invoke_agent";
  }
  return operationOf(span);
}
