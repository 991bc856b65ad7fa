import { comparePriceFiles, type PriceChange } from "#lib/pricing/compare-price-files.ts";
import catalogue from "#lib/pricing/data/genai-prices.json" with { type: "json" };
import { PriceFile } from "#lib/pricing/price-file.ts";
import type { Command } from "./command.ts";
import { newestPrices } from "./price-package.ts";

/** Compares the catalogue of this release with the newest one that is published. */
export const pricesCheck: Command = {
  usage: "prices check",
  run: async () => {
    const shipped = PriceFile.parse(catalogue);
    const newest = await newestPrices(new Date().toISOString().slice(0, 10));
    const changes = comparePriceFiles(shipped, newest);
    const [ours, theirs] = [nameOf(shipped), nameOf(newest)];
    return {
      details: changes.map(changeLine),
      line:
        changes.length === 0
          ? `the shipped prices (${ours}) are those of ${theirs}`
          : `${changes.length} prices of ${theirs} differ from the shipped ones (${ours})`,
      data: { shipped: ours, newest: theirs, changes },
      exitCode: changes.length === 0 ? 0 : 1,
    };
  },
};

function nameOf({ sources }: PriceFile): string {
  return sources.default?.name ?? "unnamed";
}

function changeLine({ provider, model, unit, conditions, before, after }: PriceChange): string {
  const where = conditions === "{}" ? "" : ` ${conditions}`;
  return `${provider} ${model} ${unit}${where}: ${before ?? "none"} -> ${after ?? "none"}`;
}
