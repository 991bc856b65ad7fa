import { readFile } from "node:fs/promises";
import { AppError } from "#lib/errors.ts";
import { type PriceVerdict, statedPrices, verdictOf } from "#lib/price-book/price-agreement.ts";
import { readPriceFile } from "#lib/price-book/read-price-file.ts";
import { comparePriceFiles, type PriceChange } from "#lib/pricing/compare-price-files.ts";
import catalogue from "#lib/pricing/data/genai-prices.json" with { type: "json" };
import { OVERLAYS } from "#lib/pricing/load-price-book.ts";
import { PriceFile } from "#lib/pricing/price-file.ts";
import { type Call, type Command, text } from "./command.ts";
import { newestPrices } from "./price-package.ts";

type Judged = PriceChange & { readonly verdict: PriceVerdict };

/** The most pressing first. */
const VERDICTS: readonly PriceVerdict[] = ["disputed", "alone", "gone", "agreed", "other"];
const WORDS: { readonly [V in PriceVerdict]: string } = {
  disputed: "a second source states another price",
  alone: "needs a second source, or a person's yes with a quote",
  gone: "not published any more",
  agreed: "two sources agree",
  other: "a reseller's price",
};

const RULE =
  "The two-source rule: a vendor's own price changes in a release only when two sources state exactly the same decimals, or when a person has read the vendor's page and recorded the price with address, day and quote.";

/**
 * Compares the catalogue of this release with the newest one that is published,
 * and says of each difference whether a second source agrees.
 */
export const pricesCheck: Command = {
  usage: "prices check [--against FILE]",
  options: { against: { type: "string" } },
  run: async (call) => {
    const shipped = PriceFile.parse(catalogue);
    const today = new Date().toISOString().slice(0, 10);
    const second = statedPrices(OVERLAYS, await secondSource(call, today));
    const newest = await newestPrices(today);
    const changes = comparePriceFiles(shipped, newest)
      .map((change): Judged => ({ ...change, verdict: verdictOf(change, second) }))
      .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
    const [ours, theirs] = [nameOf(shipped), nameOf(newest)];
    return {
      details: changes.length === 0 ? [] : [...changes.map(changeLine), "", RULE],
      line:
        changes.length === 0
          ? `the shipped prices (${ours}) are those of ${theirs}`
          : `${changes.length} prices of ${theirs} differ from the shipped ones (${ours}): ${countsOf(changes)}`,
      data: { shipped: ours, newest: theirs, rule: RULE, changes },
      exitCode: changes.length === 0 ? 0 : 1,
    };
  },
};

/** Prices that somebody else publishes, from a file that the caller has. */
async function secondSource(call: Call, today: string) {
  const path = text(call, "against");
  if (path === null) return [];
  const content = await readFile(path, "utf8").catch((cause: Error) => {
    throw new AppError(`cannot read ${path}`, { code: "invalid", cause });
  });
  return readPriceFile(content, null, { effectiveFrom: new Date(today), today }).rates;
}

function nameOf({ sources }: PriceFile): string {
  return sources.default?.name ?? "unnamed";
}

function countsOf(changes: readonly Judged[]): string {
  return VERDICTS.flatMap((verdict) => {
    const count = changes.filter((change) => change.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  }).join(", ");
}

function changeLine(change: Judged): string {
  const { provider, model, unit, conditions, before, after, verdict } = change;
  const where = conditions === "{}" ? "" : ` ${conditions}`;
  const step = `${before ?? "none"} -> ${after ?? "none"}`;
  return `${provider} ${model} ${unit}${where}: ${step} (${WORDS[verdict]})`;
}
