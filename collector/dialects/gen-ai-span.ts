import type { DialectName, UsageEvent } from "#lib/usage/usage-event.ts";
import type { Span } from "../otlp/model.ts";
import { amount, text, texts } from "./attributes.ts";
import type { Reading } from "./dialect.ts";
import { CALL_USAGE, callUsage, genAiUsage, hasUsage } from "./gen-ai-usage.ts";
import type { Given } from "./item-event.ts";
import { spanEvent } from "./item-event.ts";
import { providerOf } from "./provider.ts";
import type { Convention, RawUsage } from "./tokens.ts";
import { INCLUSIVE } from "./tokens.ts";

/** In what a producer of `gen_ai.*` spans differs from the semantic conventions. */
export type GenAiRules = {
  readonly dialect: DialectName;
  /** Default: input includes the cache. `provider` is who is billed. */
  readonly convention?: (span: Span, provider: string | null) => Convention;
  /** Default: `operationOf`. Null for spans that are no usage whatever they hold. */
  readonly operation?: (span: Span) => string | null;
  /** Default: `gen_ai.usage.*`. */
  readonly usage?: (span: Span) => RawUsage;
  readonly omitsZeroCache?: boolean;
  /** True where cache writes may hide in the input although the span speaks of the cache. */
  readonly hidesWrites?: (span: Span, raw: RawUsage) => boolean;
  /** What else the producer knows; wins over what the conventions say. */
  readonly more?: (span: Span) => Partial<Given>;
};

const MODEL_OPERATIONS = new Set([
  "chat",
  "generate_content",
  "text_completion",
  "embeddings",
  "completion",
  "responses",
  "rerank",
  "image_generation",
  "speech",
  "transcription",
]);
const SERVED_TIER = [
  "openai.response.service_tier",
  "gen_ai.openai.response.service_tier",
  "anthropic.response.service_tier",
];
const ASKED_TIER = [
  "openai.request.service_tier",
  "gen_ai.openai.request.service_tier",
  "anthropic.request.service_tier",
];
const AGENT_OPERATIONS = new Set(["invoke_agent", "invoke_workflow"]);

/** Reads a span by the OTel GenAI conventions (DIALECTS 1), as far as `rules` do not differ. */
export function readGenAiSpan(span: Span, rules: GenAiRules): Reading | null {
  const operation = (rules.operation ?? operationOf)(span);
  if (operation === null || isOnlyPartial(span)) {
    return null;
  }
  if (operation === "execute_tool") {
    return one(toolCall(span, rules));
  }
  const raw = rules.usage?.(span) ?? genAiUsage(span.attributes);
  if (MODEL_OPERATIONS.has(operation)) {
    return one(modelCall(span, rules, operation, raw, "call"));
  }
  if (hasUsage(raw)) {
    return one(modelCall(span, rules, operation, raw, "aggregate"));
  }
  return operation === "invoke_agent" ? one(agentRun(span, rules)) : null;
}

/**
 * `gen_ai.operation.name`; where it is missing, what the span's shape says.
 * Null where nothing speaks of a call; `fetch_response` only reads one again.
 */
export function operationOf(span: Span): string | null {
  const { attributes } = span;
  const method = text(attributes, "mcp.method.name");
  if (method !== null) return method === "tools/call" ? "execute_tool" : null;
  const named = text(attributes, "gen_ai.operation.name")?.toLowerCase() ?? null;
  if (named !== null) return ALIASES[named] ?? (IGNORED.has(named) ? null : named);
  if (text(attributes, "gen_ai.tool.name") !== null) return "execute_tool";
  const asked = text(attributes, "llm.request.type");
  return asked === null ? operationOfShape(span) : (ALIASES[asked] ?? asked);
}

/** By the span's name, as the conventions form it; else by what only answers carry. */
function operationOfShape(span: Span): string | null {
  const [first = ""] = span.name.split(" ");
  if (MODEL_OPERATIONS.has(first) || AGENT_OPERATIONS.has(first) || first === "execute_tool") {
    return first;
  }
  if (!hasUsage(genAiUsage(span.attributes))) return null;
  const answer = text(span.attributes, "gen_ai.response.id", "gen_ai.response.model");
  return answer !== null || span.kind === CLIENT ? "chat" : "unknown";
}

/** The span kind of a request to another service. */
const CLIENT = 3;

const ALIASES: Readonly<Record<string, string>> = {
  embedding: "embeddings",
  embed: "embeddings",
  "text.completion": "text_completion",
  completion: "chat",
  generate: "chat",
  acompletion: "chat",
  aembedding: "embeddings",
};
const IGNORED = new Set(["fetch_response", "framework", "create_agent", "agent_step"]);

function modelCall(
  span: Span,
  rules: GenAiRules,
  operation: string,
  raw: RawUsage,
  witness: "call" | "aggregate",
): UsageEvent {
  const { attributes } = span;
  const model = text(attributes, "gen_ai.response.model");
  const requestModel = text(attributes, "gen_ai.request.model", "model_name");
  const provider = spanProvider(span);
  const failure = failureOf(span);
  const isFailed = failure.status === "error" || isErrorFinish(span, raw);
  const usage = callUsage({
    raw,
    convention: rules.convention?.(span, provider) ?? INCLUSIVE,
    isFailed,
    isEmbedding: operation === "embeddings",
    omitsZeroCache: rules.omitsZeroCache ?? false,
    hidesWrites: rules.hidesWrites?.(span, raw) ?? false,
  });
  const responseId = text(attributes, "gen_ai.response.id");
  return spanEvent(rules.dialect, span, {
    kind: "model_call",
    witness,
    operation,
    provider,
    model,
    requestModel,
    tokens: usage.tokens,
    flags: usage.flags,
    status: isFailed ? "error" : "ok",
    errorType: failure.errorType ?? (isFailed ? "_OTHER" : null),
    responseIds: responseId === null || witness === "aggregate" ? [] : [responseId],
    tier: tierOf(text(attributes, ...SERVED_TIER), text(attributes, ...ASKED_TIER)),
    reportedCost: amount(
      attributes,
      "operation.cost",
      "gen_ai.cost.total_cost",
      "gen_ai.usage.cost",
      "gen_ai.usage.total_cost",
      "llm.cost.total",
    ),
    ...rules.more?.(span),
  });
}

function toolCall(span: Span, rules: GenAiRules): UsageEvent {
  const { attributes } = span;
  const failure = failureOf(span);
  const named = span.name.replace(/^(execute_tool|tools\/call|running tool:?)\s+/, "");
  return spanEvent(rules.dialect, span, {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "gen_ai.tool.name") ?? named.slice(0, 256),
    toolCallId: text(attributes, "gen_ai.tool.call.id", "gen_ai.tool.call_id"),
    ...failure,
    ...rules.more?.(span),
  });
}

function agentRun(span: Span, rules: GenAiRules): UsageEvent {
  return spanEvent(rules.dialect, span, {
    kind: "agent_run",
    operation: "invoke_agent",
    ...failureOf(span),
    ...rules.more?.(span),
  });
}

/** Who is billed for a span's call. */
export function spanProvider(span: Span): string | null {
  const { attributes } = span;
  return providerOf({
    named: [text(attributes, "gen_ai.provider.name"), text(attributes, "gen_ai.system")],
    host: text(attributes, "server.address", "gen_ai.openai.api_base"),
    models: [
      text(attributes, "gen_ai.response.model"),
      text(attributes, "gen_ai.request.model", "model_name"),
    ],
  });
}

/** How a span ended: status ERROR, an `error.type`, or an exception. */
export function failureOf(span: Span): Pick<UsageEvent, "status" | "errorType"> {
  const declared = text(span.attributes, "error.type");
  const isError = span.statusCode === 2 || declared !== null;
  if (!isError) {
    return { status: "ok", errorType: null };
  }
  const exception = span.events.find((event) => event.name === "exception");
  const thrown = exception === undefined ? null : text(exception.attributes, "exception.type");
  return { status: "error", errorType: (declared ?? thrown ?? "_OTHER").slice(0, 256) };
}

/**
 * The tier that served: what the response says, else what was asked for. Asking
 * for "auto" says nothing; "default" is OpenAI's word for standard.
 */
export function tierOf(served: string | null, asked: string | null): string | null {
  const tier = (served ?? asked)?.toLowerCase() ?? null;
  if (tier === null || tier === "auto") {
    return null;
  }
  return tier === "default" || tier === "standard_only" ? "standard" : tier;
}

/** Mastra marks a call that never answered only by its finish reason. */
function isErrorFinish(span: Span, raw: RawUsage): boolean {
  return (
    !hasUsage(raw) && texts(span.attributes, "gen_ai.response.finish_reasons").includes("error")
  );
}

/** Logfire's chat spans of the Claude Agent SDK hold only what had come in when they ended. */
function isOnlyPartial(span: Span): boolean {
  const keys = [...span.attributes.keys()].filter((key) => key.startsWith(`${CALL_USAGE}.`));
  return keys.length > 0 && keys.every((key) => key.startsWith(`${CALL_USAGE}.partial.`));
}

function one(event: UsageEvent): Reading {
  return { events: [event] };
}
