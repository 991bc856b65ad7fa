/**
 * Who is billed, in OpenTelemetry's well-known names (semantic conventions,
 * `gen_ai.provider.name`), and the other names in use: those of the imported
 * catalogue, of SDKs and of gateways.
 */
const PROVIDER_ALIASES: Readonly<Record<string, readonly string[]>> = {
  openai: ["openai.chat", "openai.responses", "openai_responses", "openai-codex"],
  anthropic: ["anthropic.messages", "claude"],
  "gcp.gemini": [
    "google",
    "gemini",
    "google.generative-ai",
    "google_genai",
    "google-ai",
    "google-gla",
    "gcp.gen_ai",
  ],
  "gcp.vertex_ai": [
    "vertex_ai",
    "vertexai",
    "vertex",
    "google-vertex",
    "google.vertex",
    "gcp.vertex",
    "google_vertexai",
  ],
  "aws.bedrock": [
    "aws-bedrock",
    "bedrock",
    "aws",
    "amazon-bedrock",
    "aws_bedrock",
    "bedrock_converse",
    "amazon_bedrock",
  ],
  "azure.ai.openai": ["azure", "azure-openai", "azure_openai", "az.ai.openai", "azure.openai"],
  "azure.ai.inference": ["azure_ai", "az.ai.inference", "azure-ai", "azure.ai.foundry"],
  deepseek: [],
  groq: [],
  mistral_ai: ["mistral", "mistralai"],
  x_ai: ["xai", "x-ai", "x.ai"],
  cohere: [],
  perplexity: [],
  moonshot_ai: ["moonshotai", "moonshot"],
  openrouter: [],
  "github.copilot": ["github-copilot", "github_copilot", "copilot"],
  together_ai: ["together", "together-ai", "togetherai"],
  fireworks_ai: ["fireworks", "fireworks-ai"],
};

const CANONICAL = new Map(
  Object.entries(PROVIDER_ALIASES).flatMap(([provider, aliases]) =>
    [provider, ...aliases].map((name) => [name, provider] as const),
  ),
);

/**
 * The canonical name of a provider. A name that nobody listed stays as it is
 * (in lower case), so that it can be shown, and priced by an own price.
 */
export function canonicalProvider(name: string): string {
  const lower = name.trim().toLowerCase();
  return CANONICAL.get(lower) ?? lower;
}
