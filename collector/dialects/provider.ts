/**
 * Who is billed, in OTel GenAI's well-known names, from what a producer says
 * (DIALECTS 0.3). Pure tables: new names are data.
 */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^(az(ure)?\.ai\.openai|azure[-_.]?openai|azure|azure_ai|microsoft)(\.|$)/, "azure.ai.openai"],
  [/^(az|azure)\.ai\.inference$/, "azure.ai.inference"],
  [
    /^(google[._-]?vertex|vertex[._-]?ai|gcp\.vertex[._-]?ai|vertexai|vertex)([._-]|$)/,
    "gcp.vertex_ai",
  ],
  [
    /^(gemini|google|google[._-]gen(erative)?[._-]?ai|google_genai|gcp\.gen_ai|gcp\.gemini)(\.|$)/,
    "gcp.gemini",
  ],
  [
    /^(aws[._-]?bedrock|amazon[-_.]bedrock|bedrock|bedrock_converse|aws|amazon)(\.|$)/,
    "aws.bedrock",
  ],
  [/^openai([._-]|$)/, "openai"],
  [/^(anthropic|claude)(\.|$)/, "anthropic"],
  [/^(xai|x[_-]ai)(\.|$)/, "x_ai"],
  [/^mistral(ai|[_-]ai)?(\.|$)/, "mistral_ai"],
  [/^deepseek(\.|$)/, "deepseek"],
  [/^cohere(\.|$)/, "cohere"],
  [/^groq(\.|$)/, "groq"],
  [/^perplexity(\.|$)/, "perplexity"],
  [/^(ibm[._]watsonx[._]ai|watsonx)$/, "ibm.watsonx.ai"],
  [/^(moonshot|moonshotai|moonshot_ai)(\.|$)/, "moonshot_ai"],
  [/^(together|togetherai|together_ai)(\.|$)/, "together_ai"],
  [/^(fireworks|fireworks_ai)(\.|$)/, "fireworks_ai"],
];

/** They call models and bill nobody. */
const FRAMEWORKS = new Set([
  "crewai",
  "strands-agents",
  "strands_agents",
  "gcp.vertex.agent",
  "spring_ai",
  "langchain",
  "langgraph",
  "llamaindex",
  "llama_index",
  "haystack",
  "litellm",
  "agno",
  "smolagents",
  "openai_agents",
  "openai-agents",
  "semantic_kernel",
  "semantic-kernel",
  "microsoft.agent_framework",
  "microsoft.agents.ai",
  "autogen",
  "pydantic_ai",
  "mastra",
  "genkit",
  "function",
  "test",
  "unknown",
  "other",
  "_other",
  "custom",
]);

const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)api\.openai\.com$/, "openai"],
  [/(^|\.)openai\.azure\.com$|\.cognitiveservices\.azure\.com$/, "azure.ai.openai"],
  [/\.services\.ai\.azure\.com$/, "azure.ai.inference"],
  [/(^|\.)api\.anthropic\.com$/, "anthropic"],
  [/^bedrock[a-z-]*\..*amazonaws\.com(\.cn)?$/, "aws.bedrock"],
  [/(^|-)aiplatform\.googleapis\.com$/, "gcp.vertex_ai"],
  [/^generativelanguage\.googleapis\.com$/, "gcp.gemini"],
  [/(^|\.)api\.mistral\.ai$/, "mistral_ai"],
  [/(^|\.)api\.deepseek\.com$/, "deepseek"],
  [/(^|\.)api\.x\.ai$/, "x_ai"],
  [/(^|\.)api\.groq\.com$/, "groq"],
  [/(^|\.)api\.cohere\.(ai|com)$/, "cohere"],
  [/(^|\.)api\.perplexity\.ai$/, "perplexity"],
  [/(^|\.)openrouter\.ai$/, "openrouter"],
];

const MODELS: readonly (readonly [RegExp, string])[] = [
  [
    /^((us|eu|apac|jp|au|ca|sa|us-gov|global)\.)?(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|writer|stability)\.[a-z0-9]/,
    "aws.bedrock",
  ],
  [/^arn:aws[a-z-]*:bedrock:/, "aws.bedrock"],
  [/^claude-.*@\d{8}$|^(publishers|projects)\//, "gcp.vertex_ai"],
  [/^claude[-_.]/, "anthropic"],
  [
    /^(gpt|chatgpt|text-embedding|codex|davinci|babbage|dall-e|whisper|tts|omni-moderation)[-_.]/,
    "openai",
  ],
  [/^o[134](-|$)/, "openai"],
  [
    /^(models\/)?(gemini|imagen|veo|gemma)[-_.]|^text-embedding-00|^(models\/)?gemini-embedding/,
    "gcp.gemini",
  ],
  [
    /^(mistral|ministral|magistral|codestral|devstral|pixtral|open-mi[sx]tral)([-_.]|$)/,
    "mistral_ai",
  ],
  [/^deepseek[-_.]/, "deepseek"],
  [/^grok[-_.]/, "x_ai"],
  [/^(command|embed|rerank)-/, "cohere"],
];

/** Prefixes by which gateways say who answers: `vendor/model`. */
const ROUTES: Readonly<Record<string, string>> = {
  openai: "openai",
  anthropic: "anthropic",
  azure: "azure.ai.openai",
  bedrock: "aws.bedrock",
  "amazon-bedrock": "aws.bedrock",
  vertex_ai: "gcp.vertex_ai",
  vertex: "gcp.vertex_ai",
  gemini: "gcp.gemini",
  google: "gcp.gemini",
  mistral: "mistral_ai",
  mistralai: "mistral_ai",
  deepseek: "deepseek",
  xai: "x_ai",
  "x-ai": "x_ai",
  groq: "groq",
  cohere: "cohere",
  openrouter: "openrouter",
};

export type ProviderHints = {
  /** What the producer calls the provider or system; several, best first. */
  readonly named?: readonly (string | null)[];
  /** `server.address`, or a base URL. */
  readonly host?: string | null;
  /** Ids of the model, the one that answered first. */
  readonly models?: readonly (string | null)[];
};

/**
 * Who is billed; null when nothing says it. A host that only one vendor serves
 * beats the name (an OpenAI client that speaks to Azure calls itself "openai"),
 * a name beats the model, and a framework's name is no name.
 */
export function providerOf(hints: ProviderHints): string | null {
  const named = firstOf(hints.named, canonicalProvider);
  const host = providerOfHost(hints.host ?? null);
  if (host !== null && (named === null || named === "openai")) {
    return host;
  }
  return named ?? firstOf(hints.models, providerOfModel);
}

/** OTel's name for what a producer calls the provider; null for frameworks and for nothing. */
export function canonicalProvider(name: string): string | null {
  const lower = name.trim().toLowerCase();
  if (lower === "" || FRAMEWORKS.has(lower)) {
    return null;
  }
  return ALIASES.find(([pattern]) => pattern.test(lower))?.[1] ?? lower;
}

/** The vendor that the form of a model id gives away; null when it does not. */
export function providerOfModel(model: string): string | null {
  const lower = model.trim().toLowerCase();
  const found = MODELS.find(([pattern]) => pattern.test(lower))?.[1];
  if (found !== undefined) {
    return found;
  }
  const slash = lower.indexOf("/");
  return slash > 0 ? (ROUTES[lower.slice(0, slash)] ?? null) : null;
}

/** The vendor that a host name or URL belongs to; null for gateways and the unknown. */
export function providerOfHost(address: string | null): string | null {
  if (address === null) {
    return null;
  }
  const host = address
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[/:?].*$/s, "");
  return HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? null;
}

function firstOf(
  values: readonly (string | null)[] | undefined,
  read: (value: string) => string | null,
): string | null {
  for (const value of values ?? []) {
    const found = value === null ? null : read(value);
    if (found !== null) {
      return found;
    }
  }
  return null;
}
