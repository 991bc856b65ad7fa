import type { Span } from "../otlp/model.ts";
import { count, text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { readGenAiSpan } from "./gen-ai-span.ts";
import { genAiUsage } from "./gen-ai-usage.ts";
import type { Convention } from "./tokens.ts";
import { EXCLUSIVE, INCLUSIVE } from "./tokens.ts";

/**
 * Strands Agents and Bedrock AgentCore (DIALECTS 10); invoke_agent sums the
 * agent's lifetime.
 */
export const strands: Dialect = {
  ownsSpan: (span) =>
    span.scope.name === "strands.telemetry.tracer" ||
    text(span.attributes, "gen_ai.system", "gen_ai.provider.name") === "strands-agents",
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "strands",
      convention,
      more: (self) =>
        text(self.attributes, "gen_ai.tool.status") === "error" ? { status: "error" } : {},
    }),
};

/**
 * Versions up to 2026-05 pass Bedrock's numbers on, whose input excludes the
 * cache; later ones add it, and those of OpenAI had it all along. The total is
 * whole in all of them, so it tells which.
 */
function convention({ attributes }: Span): Convention {
  const { input, output } = genAiUsage(attributes);
  const total = count(attributes, "gen_ai.usage.total_tokens");
  const isWhole =
    typeof input === "number" && typeof output === "number" && input + output === total;
  return isWhole ? INCLUSIVE : EXCLUSIVE;
}
