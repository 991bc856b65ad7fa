import type { Attributes, AttributeValue } from "../otlp/model.ts";
import { count, object, objectOf, text } from "./attributes.ts";
import { vendorUsage } from "./gen-ai-usage.ts";
import type { RawUsage } from "./tokens.ts";

/** What an answer that was recorded whole says besides its content. */
export type RecordedAnswer = {
  /** The provider's id of the answer. */
  readonly responseId: string | null;
  /** The vendor's own counts, and the lifetimes of cache writes as LangChain splits them. */
  readonly usage: RawUsage;
  readonly tier: string | null;
};

/**
 * Reads an answer that an instrumentation kept as JSON: the vendor's response
 * as it came, or LangChain's `LLMResult`, a list of generations per prompt with
 * the message of each serialised. LangChain names streams by an id of its own.
 */
export function recordedAnswer(output: Attributes): RecordedAnswer {
  const message = langChainMessage(output);
  const metadata = object(message, "response_metadata") ?? new Map();
  const told = object(output, "usage") ?? object(metadata, "usage", "token_usage") ?? new Map();
  const ids = [text(output, "id"), text(metadata, "id"), text(message, "id")];
  return {
    responseId: ids.find((id) => id !== null && VENDOR_ID.test(id)) ?? null,
    usage: withLifetimes(vendorUsage(told), message),
    tier:
      text(output, "service_tier") ?? text(metadata, "service_tier") ?? text(told, "service_tier"),
  };
}

/** Ids that OpenAI, Anthropic and OpenRouter give; other ids in an answer may name anything. */
const VENDOR_ID = /^(chatcmpl|cmpl|resp|msg|gen)[-_][\w-]{8,250}$/;

function withLifetimes(usage: RawUsage, message: Attributes): RawUsage {
  const metadata = object(message, "usage_metadata") ?? new Map();
  const details = object(metadata, "input_token_details") ?? new Map();
  return {
    ...usage,
    cacheWrite5m: usage.cacheWrite5m ?? count(details, "ephemeral_5m_input_tokens"),
    cacheWrite1h: usage.cacheWrite1h ?? count(details, "ephemeral_1h_input_tokens"),
  };
}

function langChainMessage(output: Attributes): Attributes {
  const [first] = listOf(output.get("generations"));
  const [generation] = listOf(first);
  const message = objectOf(objectOf(generation)?.get("message"));
  return objectOf(message?.get("kwargs")) ?? new Map();
}

function listOf(value: AttributeValue | undefined): readonly AttributeValue[] {
  return Array.isArray(value) ? value : [];
}
