import { type CatalogueProvider, convertProvider } from "./import-catalogue.ts";
import { PriceFile } from "./price-file.ts";
import { canonicalProvider } from "./providers.ts";

const NOTE = "Copyright (c) Pydantic Services Inc. 2025 to present, MIT licence; prices as data.";

/**
 * The prices of @pydantic/genai-prices as a price file.
 *
 * @param providers All that the package has, by its own ids.
 * @param checkedAt The day on which they were read, YYYY-MM-DD.
 */
export function convertPackage(
  providers: readonly CatalogueProvider[],
  version: string,
  checkedAt: string,
): PriceFile {
  const converted: PriceFile["providers"] = {};
  const withoutPrice: Record<string, string[]> = {};
  const refused: string[] = [];
  for (const part of providers.flatMap(splitVertex)) {
    const name = canonicalProvider(part.id);
    const result = convertProvider(name, part);
    converted[name] = { models: result.models };
    if (result.withoutPrice.length > 0) withoutPrice[name] = result.withoutPrice;
    refused.push(...result.refused);
  }
  const source = {
    name: `@pydantic/genai-prices ${version}`,
    url: "https://github.com/pydantic/genai-prices",
    checkedAt,
  };
  return PriceFile.parse({
    rank: "catalogue",
    sources: { default: source },
    note: NOTE,
    providers: converted,
    withoutPrice,
    refused: refused.sort(),
  });
}

/** The package exports no list of its providers; its source names them. */
export function providerIdsIn(source: string): string[] {
  return [...source.matchAll(/\n {4}id: "([^"]+)"/g)].map(([, id = ""]) => id).sort();
}

/** Claude at Google is sold on Vertex AI only; the rest of that provider on both. */
function splitVertex(provider: CatalogueProvider): CatalogueProvider[] {
  if (provider.id !== "google") return [provider];
  const isClaude = ({ id }: { id: string }) => id.startsWith("claude-");
  return [
    { ...provider, models: provider.models.filter((model) => !isClaude(model)) },
    { ...provider, id: "google-vertex", models: provider.models.filter(isClaude) },
  ];
}
