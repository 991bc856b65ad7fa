import { textOf, texts } from "./dialects/attributes.ts";
import { withMetadata } from "./dialects/identity.ts";
import type { Attributes } from "./otlp/model.ts";

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
/** Figures, ids of single calls and plumbing that no allocation rule asks for. */
const NOISE =
  /^(gen_ai\.(usage|aggregated_usage|cost|response\.id|tool\.call\.id|conversation\.id|operation\.name|request\.(max|temp|top|seed|stop|freq|pres|stream|choice|enc))|ai\.(usage|settings\.(?!context)|response\.(ms|avg|timestamp|providermetadata)|request\.headers)|llm\.(token_count|cost|usage|invocation_parameters)|telemetry\.(sdk|distro|auto)|process\.|os\.|host\.(?!name)|thread\.|code\.|exception\.|logfire\.|network\.|net\.)/;
/** Kept first when there are too many. */
const PREFERRED =
  /(team|department|cost|project|product|environment|service|user|session|conversation|org|repo|customer|tenant|metadata|tag|agent|workflow|label|business|group|owner)/;
const COMPOSED = /^[[{]/;
const SECRET_VALUE = /^(bearer |basic |sk-|xox[a-z]-|ghp_|AKIA)/i;

/**
 * What allocation rules may look at: the scalar attributes of an item, and of
 * what it shares with others beneath them, in one flat map of texts. Content
 * (prompts, arguments, results, headers, commands, messages, bodies), secrets
 * and figures are left out, and so are values longer than 256 characters; at
 * most 64 stay.
 *
 * @param shared Later ones win over earlier ones, and the item's own over all.
 */
export function retainedAttributes(
  own: Attributes,
  ...shared: readonly Attributes[]
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const layer of shared) Object.assign(kept, retainedOfShared(layer));
  retain(withMetadata(own), kept);
  const keys = Object.keys(kept);
  if (keys.length <= MAX_ATTRIBUTES) return kept;
  // The sort is stable, so producers' own order decides among equals.
  keys.sort((a, b) => Number(PREFERRED.test(b)) - Number(PREFERRED.test(a)));
  return Object.fromEntries(keys.slice(0, MAX_ATTRIBUTES).map((key) => [key, kept[key] ?? ""]));
}

/** One resource and one scope stand behind many items. */
const ofShared = new WeakMap<Attributes, Readonly<Record<string, string>>>();

function retainedOfShared(layer: Attributes): Readonly<Record<string, string>> {
  let known = ofShared.get(layer);
  if (known === undefined) {
    known = retain(withMetadata(layer), {});
    ofShared.set(layer, known);
  }
  return known;
}

function retain(attributes: Attributes, kept: Record<string, string>): Record<string, string> {
  for (const key of attributes.keys()) {
    const name = keptName(key);
    const value = name === null ? null : retainedValue(attributes, key);
    if (name !== null && value !== null) kept[name] = value;
  }
  return kept;
}

/** Programs use the same few keys again and again; strangers' keys must not fill the memory. */
const decided = new Map<string, string | null>();
const MAX_DECIDED = 4096;

/** What a key is kept as; null for one that is not. */
function keptName(key: string): string | null {
  const known = decided.get(key);
  if (known !== undefined) return known;
  const name = isRetainedKey(key) ? key.replaceAll("\u0000", "") : null;
  if (decided.size < MAX_DECIDED && key.length <= MAX_KEY_LENGTH) decided.set(key, name);
  return name;
}

function isRetainedKey(key: string): boolean {
  if (key === "" || key.length > MAX_KEY_LENGTH || key === "__proto__") return false;
  const plain = wordsOf(key);
  return !NOISE.test(key.toLowerCase()) && !SECRET.test(plain) && !isContent(plain);
}

/** Whether an attribute holds content: text that people or models wrote, or what tools were given and gave. */
export function isContentKey(key: string): boolean {
  if (key === "" || key.length > MAX_KEY_LENGTH || key === "__proto__") return false;
  const plain = wordsOf(key);
  return !SECRET.test(plain) && isContent(plain);
}

function wordsOf(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
}

function isContent(plain: string): boolean {
  if (plain === "prompt.id") return false;
  return (
    CONTENT_END.test(plain) || plain.split(".").some((segment) => CONTENT_SEGMENT.test(segment))
  );
}

function retainedValue(attributes: Attributes, key: string): string | null {
  const isTags = key === "tag.tags" || key === "langsmith.span.tags";
  const plain = isTags ? texts(attributes, key).join(",") : textOf(attributes.get(key));
  if (plain === null || plain === "" || plain.length > MAX_VALUE_LENGTH) return null;
  // JSON in a text is composed all the same; `metadata` stands beside itself in parts.
  return COMPOSED.test(plain) || SECRET_VALUE.test(plain) ? null : plain;
}
