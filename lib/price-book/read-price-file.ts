import { isObject, parseExactJson } from "./exact-json.ts";
import type { PriceFormat, ReadOptions, ReadPrices } from "./price-file-formats.ts";
import { readLitellm } from "./read-litellm.ts";
import { readModelsDev } from "./read-models-dev.ts";
import { readOwnCsv, readOwnJson, readOwnLines } from "./read-own-prices.ts";

/**
 * Reads a price file: our JSON, JSON Lines or CSV, LiteLLM's or models.dev's JSON. What
 * cannot be used is refused with its place and reason; the rest is read.
 *
 * @param format Null to tell by the content.
 */
export function readPriceFile(
  text: string,
  format: PriceFormat | null,
  options: ReadOptions,
): ReadPrices & { readonly format: PriceFormat } {
  const isJson = /^\ufeff?\s*[[{]/.test(text);
  if (!isJson && (format ?? "outlay") === "outlay") {
    return { format: "outlay", ...readOwnCsv(text, options) };
  }
  let file: unknown;
  try {
    file = parseExactJson(text);
  } catch {
    const lines = (format ?? "outlay") === "outlay" ? readOwnLines(text, options) : null;
    const none = { rates: [], refused: [{ where: "file", reason: "is no JSON" }] };
    return { format: format ?? "outlay", ...(lines ?? none) };
  }
  const told = format ?? formatOf(file);
  if (told === "outlay" || !isObject(file)) return { format: told, ...readOwnJson(file, options) };
  const read = told === "litellm" ? readLitellm : readModelsDev;
  return { format: told, ...read(file, options) };
}

function formatOf(file: unknown): PriceFormat {
  if (!isObject(file) || Array.isArray(file.prices)) return "outlay";
  const values = Object.values(file).filter(isObject);
  if (values.some((value) => "litellm_provider" in value)) return "litellm";
  return values.some((value) => isObject(value.models)) || isObject(file.providers)
    ? "models.dev"
    : "outlay";
}
