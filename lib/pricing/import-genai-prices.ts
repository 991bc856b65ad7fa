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
import { convertPackage, providerIdsIn } from "./convert-package.ts";
import type { CatalogueProvider } from "./import-catalogue.ts";
import { suspiciousChanges } from "./import-guards.ts";
import { PriceFile } from "./price-file.ts";

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
  const source = readFileSync(new URL("dist/index.js", PACKAGE), "utf8");
  const providers = providerIdsIn(source).map((id): CatalogueProvider => {
    const provider = findProvider({ providerId: id });
    if (provider?.id !== id) throw new Error(`the package does not find its provider ${id}`);
    return provider;
  });
  return convertPackage(providers, packageVersion, day);
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
