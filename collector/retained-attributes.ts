import { textOf } from "./dialects/attributes.ts";
import { withMetadata } from "./dialects/identity.ts";
import type { Attributes, AttributeValue } from "./otlp/model.ts";

const MAX_ATTRIBUTES = 64;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

/** Names of content, wherever they stand as a whole segment of a key. */
const CONTENT_SEGMENT =
  /^(prompts?|completions?|messages?|arguments?|args|results?|headers?|commands?|cmd|bod(y|ies)|contents?|texts?|instructions?|system_instructions|inputs?|outputs?|parameters?|query|statement|transcript|documents?|embeddings?|stacktrace|values?|final_result|llm_request|llm_response|choices?)$/;
/** Names of content at the end of a key, as in `tool_parameters` or `full_command`. */
const CONTENT_END =
  /(^|[._-])(prompts?|messages?|arguments|args|results?|headers|command|body|content|text|parameters|instructions|input|output|response|definitions?|description|invocation_params|schema|url|target|command_args|command_line)$/;
const SECRET =
  /(^|[._-])(authorization|api[._-]?key(_hash)?|secrets?|password|passwd|cookies?|credentials?|private[._-]?key|access[._-]?token|refresh[._-]?token|hidden_params)$/;
/** Figures and plumbing that no allocation rule asks for. */
const NOISE =
  /^(gen_ai\.(usage|aggregated_usage|cost)|ai\.(usage|settings\.(?!context)|response\.(ms|avg|timestamp|providermetadata)|request\.headers)|llm\.(token_count|cost|usage|invocation_parameters)|telemetry\.(sdk|distro|auto)|process\.|os\.|host\.(?!name)|thread\.|code\.|exception\.|logfire\.|network\.|net\.)/;
/** Kept first when there are too many. */
const PREFERRED =
  /(team|department|cost|project|product|environment|service|user|session|conversation|org|repo|customer|tenant|metadata|tag|agent|workflow|label|business|group|owner)/;
const SECRET_VALUE = /^(bearer |basic |sk-|xox[a-z]-|ghp_|AKIA)/i;

/**
 * What allocation rules may look at: the scalar attributes of all `layers` in
 * one flat map of texts, later layers winning. Content (prompts, arguments,
 * results, headers, commands, messages, bodies), secrets and figures are left
 * out, and so are values longer than 256 characters; at most 64 stay.
 */
export function retainedAttributes(
  ...layers: readonly Attributes[]
): Readonly<Record<string, string>> {
  const kept = new Map<string, string>();
  for (const layer of layers) {
    for (const [key, value] of withMetadata(layer)) {
      const retained = isRetained(key) ? retainedValue(key, value) : null;
      if (retained !== null) {
        kept.set(key.replaceAll("\u0000", ""), retained);
      }
    }
  }
  const all = [...kept];
  if (all.length > MAX_ATTRIBUTES) {
    // The sort is stable, so producers' own order decides among equals.
    all.sort(([a], [b]) => Number(PREFERRED.test(b)) - Number(PREFERRED.test(a)));
  }
  return Object.fromEntries(all.slice(0, MAX_ATTRIBUTES));
}

function isRetained(key: string): boolean {
  if (key === "" || key.length > MAX_KEY_LENGTH || key === "__proto__") {
    return false;
  }
  const plain = key.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  if (NOISE.test(key.toLowerCase()) || SECRET.test(plain) || CONTENT_END.test(plain)) {
    return false;
  }
  return (
    plain === "prompt.id" || !plain.split(".").some((segment) => CONTENT_SEGMENT.test(segment))
  );
}

function retainedValue(key: string, value: AttributeValue): string | null {
  const isTags = key === "tag.tags" || key === "langsmith.span.tags";
  const plain = isTags && Array.isArray(value) ? value.map(textOf).join(",") : textOf(value);
  const isFit = plain !== null && plain.length <= MAX_VALUE_LENGTH && !SECRET_VALUE.test(plain);
  return isFit ? plain : null;
}
