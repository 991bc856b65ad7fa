/**
 * Writes data/genai-prices.json from the installed @pydantic/genai-prices
 * package (MIT), used as data only. Run it after raising the package's version,
 * then read the diff:
 *
 *   node lib/pricing/import-genai-prices.ts YYYY-MM-DD [--accept-changes]
 *
 * The day is the one the data was read. A change that looks like a mistake
 * (see import-guards.ts) stops the run until a person accepts it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { findProvider } from "@pydantic/genai-prices";
import { type CatalogueProvider, convertProvider } from "./import-catalogue.ts";
import { suspiciousChanges } from "./import-guards.ts";
import { PriceFile } from "./price-file.ts";
import { canonicalProvider } from "./providers.ts";

const TARGET = new URL("./data/genai-prices.json", import.meta.url);
const PACKAGE = new URL("../../node_modules/@pydantic/genai-prices/", import.meta.url);

const [checkedAt = "", ...flags] = process.argv.slice(2);
if (!/^\d{4}-\d{2}-\d{2}$/.test(checkedAt)) {
  process.stderr.write("usage: import-genai-prices.ts YYYY-MM-DD [--accept-changes]\n");
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8"));
const file = importAll(String(version), checkedAt);
const changes = suspiciousChanges(readExisting(), file, checkedAt);
if (changes.length > 0 && !flags.includes("--accept-changes")) {
  process.stderr.write(`${changes.length} changes need a look:\n${changes.join("\n")}\n`);
  process.exit(1);
}
writeFileSync(TARGET, render(file));
process.stdout.write(
  `${Object.keys(file.providers).length} providers, ${file.refused?.length} refusals\n`,
);

function importAll(packageVersion: string, day: string): PriceFile {
  const providers: PriceFile["providers"] = {};
  const withoutPrice: Record<string, string[]> = {};
  const refused: string[] = [];
  for (const id of providerIds()) {
    const provider = findProvider({ providerId: id });
    if (provider?.id !== id) throw new Error(`the package does not find its provider ${id}`);
    for (const part of splitVertex(provider)) {
      const name = canonicalProvider(part.id);
      const converted = convertProvider(name, part);
      providers[name] = { models: converted.models };
      if (converted.withoutPrice.length > 0) withoutPrice[name] = converted.withoutPrice;
      refused.push(...converted.refused);
    }
  }
  const source = {
    name: `@pydantic/genai-prices ${packageVersion}`,
    url: "https://github.com/pydantic/genai-prices",
    checkedAt: day,
  };
  const note = "Copyright (c) Pydantic Services Inc. 2025 to present, MIT licence; prices as data.";
  return PriceFile.parse({
    rank: "catalogue",
    sources: { default: source },
    note,
    providers,
    withoutPrice,
    refused: refused.sort(),
  });
}

/** The package exports no list of its providers; its source names them. */
function providerIds(): string[] {
  const source = readFileSync(new URL("dist/index.js", PACKAGE), "utf8");
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

function readExisting(): PriceFile | null {
  try {
    return PriceFile.parse(JSON.parse(readFileSync(TARGET, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** One model a line, sorted, so that a diff shows what changed. */
function render({ providers, ...head }: PriceFile): string {
  const sorted = Object.entries(providers).sort(([a], [b]) => (a < b ? -1 : 1));
  const blocks = sorted.map(([name, { models }]) => {
    const lines = Object.entries(models)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([model, value]) => `    ${JSON.stringify(model)}: ${JSON.stringify(value)}`);
    return `  ${JSON.stringify(name)}: {"models": {\n${lines.join(",\n")}\n  }}`;
  });
  const rest = JSON.stringify(head, null, 1).slice(1, -2);
  return `{${rest},\n "providers": {\n${blocks.join(",\n")}\n }\n}\n`;
}
