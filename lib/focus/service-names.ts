/** How FOCUS names who sells a service and on whose infrastructure it runs. */
export type ServiceNames = {
  readonly service: string;
  readonly seller: string;
  readonly host: string;
};

const own = (service: string, seller: string): ServiceNames => ({ service, seller, host: seller });

/** By provider in OpenTelemetry's names. Clouds sell other makers' models as their own service. */
const NAMES: Readonly<Record<string, ServiceNames>> = {
  anthropic: own("Claude API", "Anthropic"),
  "aws.bedrock": own("Amazon Bedrock", "AWS"),
  "azure.ai.inference": own("Azure AI Foundry", "Microsoft"),
  "azure.ai.openai": own("Azure OpenAI", "Microsoft"),
  cohere: own("Cohere API", "Cohere"),
  deepseek: own("DeepSeek API", "DeepSeek"),
  fireworks_ai: own("Fireworks AI", "Fireworks AI"),
  "gcp.gemini": own("Gemini API", "Google"),
  "gcp.vertex_ai": own("Vertex AI", "Google Cloud"),
  "github.copilot": own("GitHub Copilot", "GitHub"),
  groq: own("Groq API", "Groq"),
  mistral_ai: own("Mistral API", "Mistral AI"),
  moonshot_ai: own("Moonshot API", "Moonshot AI"),
  openai: own("OpenAI API", "OpenAI"),
  openrouter: own("OpenRouter", "OpenRouter"),
  perplexity: own("Perplexity API", "Perplexity"),
  together_ai: own("Together AI", "Together AI"),
  x_ai: own("xAI API", "xAI"),
};

/** A provider that nobody listed is its own name; without one it is said to be unknown. */
export function serviceNames(provider: string | null): ServiceNames {
  if (provider === null || provider === "") return own("Unknown", "Unknown");
  return NAMES[provider] ?? own(provider, provider);
}
