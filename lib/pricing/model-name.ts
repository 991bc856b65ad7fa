import type { PriceBook, PricedModel, PricedProvider } from "./price-book.ts";

export type FoundModel = {
  readonly priced: PricedModel;
  readonly owner: PricedProvider;
  /** The model is another provider's, sold here at that one's plain list price only. */
  readonly plainListOnly: boolean;
  /** The endpoint that a geographic prefix of the name states, as Bedrock's `eu.` does. */
  readonly region: string | null;
};

/** A published dated snapshot is the same model as its name without the date. */
const SNAPSHOT = /^(.+?)(?:-(\d{4})-?(\d{2})-?(\d{2})|@(\d{4})(\d{2})(\d{2}))$/;
/** Bedrock's version of a foundation model. */
const BEDROCK_VERSION = /-v\d+(?::\d+)?$/;
const BEDROCK_ARN =
  /^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(?:inference-profile|foundation-model)\//;
const BEDROCK_GEOGRAPHY = /^(us-gov|us|eu|apac|jp|au|in|ca|global)\.(?=[a-z])/;

/** Closed list. A name that starts otherwise is another name. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  openai: ["openai/"],
  anthropic: ["anthropic/"],
  "gcp.gemini": ["models/", "google/", "gemini/"],
  "gcp.vertex_ai": [
    "publishers/google/models/",
    "publishers/anthropic/models/",
    "models/",
    "google/",
    "anthropic/",
    "vertex_ai/",
  ],
  "aws.bedrock": ["bedrock/", "bedrock/converse/"],
  "azure.ai.openai": ["azure/", "openai/"],
  "azure.ai.inference": ["azure_ai/", "azure/"],
  deepseek: ["deepseek/"],
  mistral_ai: ["mistral/", "mistralai/"],
  x_ai: ["xai/", "x-ai/"],
  groq: ["groq/"],
  cohere: ["cohere/"],
  openrouter: ["openrouter/"],
};

/**
 * Finds a model by name: an exact name, else a dated snapshot of one, else the
 * same after a prefix of a closed list is taken off. Nothing is matched by how
 * it starts: a new model must not get an old one's price.
 *
 * @param provider The canonical name of who is billed; the same model elsewhere has another price.
 */
export function findModel(book: PriceBook, provider: string, model: string): FoundModel | null {
  const { name, region } = provider === "aws.bedrock" ? bedrockName(model) : plainName(model);
  for (const candidate of candidates(provider, name)) {
    const found = lookUp(book, provider, candidate);
    if (found !== null) return { ...found, region };
  }
  return null;
}

function plainName(model: string): { name: string; region: null } {
  return { name: model.trim().toLowerCase(), region: null };
}

function bedrockName(model: string): { name: string; region: string | null } {
  const name = model
    .trim()
    .toLowerCase()
    .replace(/^bedrock\/(converse\/)?/, "")
    .replace(BEDROCK_ARN, "");
  const region = BEDROCK_GEOGRAPHY.exec(name)?.[1] ?? null;
  return { name: name.replace(BEDROCK_GEOGRAPHY, ""), region };
}

function candidates(provider: string, name: string): readonly string[] {
  const stripped = (PREFIXES[provider] ?? [])
    .filter((prefix) => name.startsWith(prefix))
    .map((prefix) => name.slice(prefix.length));
  return [name, ...stripped].flatMap((plain) => {
    const version = provider === "aws.bedrock" ? plain.replace(BEDROCK_VERSION, "") : plain;
    return [...new Set([plain, version, withoutDate(plain), withoutDate(version)])];
  });
}

function withoutDate(name: string): string {
  const match = SNAPSHOT.exec(name);
  if (match === null) return name;
  const [, base = name, year, month, day, year2, month2, day2] = match;
  return isDay(year ?? year2, month ?? month2, day ?? day2) ? base : name;
}

function isDay(year = "", month = "", day = ""): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number(year) >= 2020 && !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

function lookUp(
  book: PriceBook,
  provider: string,
  name: string,
): Omit<FoundModel, "region"> | null {
  const owner = book.providers.get(provider);
  if (owner === undefined) return null;
  const own = ownModel(owner, name);
  if (own !== null) return { priced: own, owner, plainListOnly: false };
  for (const { provider: other, tiers } of owner.inherits) {
    const seller = book.providers.get(other);
    const sold = seller === undefined ? null : ownModel(seller, name);
    if (sold !== null) return { priced: sold, owner, plainListOnly: !tiers };
  }
  return null;
}

function ownModel(provider: PricedProvider, name: string): PricedModel | null {
  const id = provider.names.get(name);
  return id === undefined ? null : (provider.models.get(id) ?? null);
}
