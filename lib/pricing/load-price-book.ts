import { buildPriceBook } from "./build-price-book.ts";
import catalogue from "./data/genai-prices.json" with { type: "json" };
import anthropic from "./data/overlay/anthropic.json" with { type: "json" };
import aws from "./data/overlay/aws.json" with { type: "json" };
import azure from "./data/overlay/azure.json" with { type: "json" };
import deepseek from "./data/overlay/deepseek.json" with { type: "json" };
import google from "./data/overlay/google.json" with { type: "json" };
import openai from "./data/overlay/openai.json" with { type: "json" };
import { hashToBigint } from "./hash.ts";
import type { PriceBook } from "./price-book.ts";
import { PriceFile } from "./price-file.ts";

/** What this release states from sources that somebody read. */
export const OVERLAYS: readonly PriceFile[] = [openai, anthropic, google, deepseek, aws, azure].map(
  (file) => PriceFile.parse(file),
);

let loaded: PriceBook | undefined;

/**
 * The price book that this release ships with: the imported catalogue and the
 * overlays kept by hand (see docs/pricing.md). Built once for the process.
 */
export function loadPriceBook(): PriceBook {
  loaded ??= buildPriceBook([PriceFile.parse(catalogue), ...OVERLAYS], hashToBigint);
  return loaded;
}
