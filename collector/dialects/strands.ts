import { text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { readGenAiSpan } from "./gen-ai-span.ts";
import { EXCLUSIVE } from "./tokens.ts";

/**
 * Strands Agents and Bedrock AgentCore (DIALECTS 10): Bedrock's numbers as they
 * come, so the input excludes the cache; invoke_agent sums the agent's lifetime.
 */
export const strands: Dialect = {
  ownsSpan: (span) =>
    span.scope.name === "strands.telemetry.tracer" ||
    text(span.attributes, "gen_ai.system", "gen_ai.provider.name") === "strands-agents",
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "strands",
      convention: () => EXCLUSIVE,
      more: (self) =>
        text(self.attributes, "gen_ai.tool.status") === "error" ? { status: "error" } : {},
    }),
};
