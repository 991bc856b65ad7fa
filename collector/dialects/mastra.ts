import type { Span } from "../otlp/model.ts";
import { text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { readGenAiSpan } from "./gen-ai-span.ts";
import { genAiUsage, hasUsage } from "./gen-ai-usage.ts";

/** Mastra (DIALECTS 10): inclusive; identity and team under `mastra.metadata.*`. */
export const mastra: Dialect = {
  ownsSpan: (span) => span.attributes.has("mastra.span.type"),
  readSpan: (span) => readGenAiSpan(span, { dialect: "mastra", operation }),
};

/**
 * Mastra's types say more than its operations, which repeat most of them. A
 * step is one inference; newer versions show it as a span below, with equal
 * totals. A generation sums its steps.
 */
function operation(span: Span): string | null {
  const type = text(span.attributes, "mastra.span.type") ?? "";
  if (type === "model_step") return hasUsage(genAiUsage(span.attributes)) ? "chat" : null;
  return OPERATIONS[type] ?? null;
}

const OPERATIONS: Readonly<Record<string, string>> = {
  model_inference: "chat",
  model_generation: "model_generation",
  agent_run: "invoke_agent",
  workflow_run: "invoke_workflow",
  tool_call: "execute_tool",
  mcp_tool_call: "execute_tool",
};
