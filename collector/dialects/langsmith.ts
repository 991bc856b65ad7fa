import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, Span } from "../otlp/model.ts";
import type { Count } from "./attributes.ts";
import { count, object, text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { operationOf, readGenAiSpan, tierOf as servedTier } from "./gen-ai-span.ts";
import { genAiUsage } from "./gen-ai-usage.ts";
import { recordedAnswer } from "./langchain-answer.ts";
import type { RawUsage } from "./tokens.ts";

/** LangSmith's OTel export of LangChain runs (DIALECTS 10): inclusive, details as JSON text. */
export const langsmith: Dialect = {
  ownsSpan: (span) => span.scope.name === "langsmith" || span.attributes.has("langsmith.span.kind"),
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "langsmith",
      operation,
      usage: ({ attributes }) => usageOf(attributes),
      more: (self) => {
        const isTool = text(self.attributes, "langsmith.span.kind") === "tool";
        const tool = text(self.attributes, "gen_ai.tool.name", "langsmith.trace.name");
        return isTool ? { tool: tool ?? self.name } : answerOf(self);
      },
    }),
};

/** The tier, and the answer's id where only the recorded answer has it. */
function answerOf(span: Span): Partial<UsageEvent> {
  const { attributes } = span;
  const { responseId, tier } = recordedAnswer(object(attributes, "gen_ai.completion") ?? new Map());
  const isCall = text(attributes, "langsmith.span.kind")?.toLowerCase() === "llm";
  const isNamed = text(attributes, "gen_ai.response.id") !== null;
  return {
    tier: tierOf(attributes) ?? servedTier(tier, null),
    ...(isCall && !isNamed && responseId !== null ? { responseIds: [responseId] } : {}),
  };
}

/** Only the kinds `llm` and `embedding` are calls; chains repeat them. */
function operation(span: Span): string | null {
  const kind = text(span.attributes, "langsmith.span.kind")?.toLowerCase();
  if (kind === "tool") {
    return "execute_tool";
  }
  if (kind === "embedding") {
    return "embeddings";
  }
  if (kind === "llm") {
    return operationOf(span) ?? "chat";
  }
  return kind === undefined ? operationOf(span) : "chain";
}

function usageOf(attributes: Attributes): RawUsage {
  const raw = genAiUsage(attributes);
  const metadata = usageMetadata(attributes);
  const input = inputDetails(attributes);
  const output = outputDetails(attributes);
  return {
    input: raw.input ?? count(metadata, "input_tokens"),
    output: raw.output ?? count(metadata, "output_tokens"),
    cacheRead: raw.cacheRead ?? detail(input, "cache_read"),
    cacheWrite: raw.cacheWrite ?? count(input, "cache_creation"),
    cacheWrite5m: count(input, "ephemeral_5m_input_tokens"),
    cacheWrite1h: count(input, "ephemeral_1h_input_tokens"),
    reasoning: raw.reasoning ?? detail(output, "reasoning"),
  };
}

/** LangChain's own counts; since langsmith 0.15 among the run's metadata. */
function usageMetadata(attributes: Attributes): Attributes {
  return (
    object(attributes, "langsmith.usage_metadata", "langsmith.metadata.usage_metadata") ?? new Map()
  );
}

function inputDetails(attributes: Attributes): Attributes {
  const metadata = usageMetadata(attributes);
  return (
    object(attributes, "gen_ai.usage.input_token_details") ??
    object(metadata, "input_token_details") ??
    new Map()
  );
}

function outputDetails(attributes: Attributes): Attributes {
  const metadata = usageMetadata(attributes);
  return (
    object(attributes, "gen_ai.usage.output_token_details") ??
    object(metadata, "output_token_details") ??
    new Map()
  );
}

/** LangChain prefixes details with the tier that served: `flex_cache_read`. */
function detail(details: Attributes, name: string): Count {
  return count(details, name, `flex_${name}`, `priority_${name}`, `batch_${name}`);
}

function tierOf(attributes: Attributes): string | null {
  for (const key of [...inputDetails(attributes).keys(), ...outputDetails(attributes).keys()]) {
    const tier = /^(flex|priority|batch)(_|$)/.exec(key)?.[1];
    if (tier !== undefined) {
      return tier;
    }
  }
  return null;
}
