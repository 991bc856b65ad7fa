import { because } from "#lib/refusals/reason.ts";
import { hasHidden, isObject, parseExactJson } from "./exact-json.ts";
import {
  type PriceFormat,
  type ReadOptions,
  type ReadPrices,
  refusal,
} from "./price-file-formats.ts";
import { readLitellm } from "./read-litellm.ts";
import { readModelsDev } from "./read-models-dev.ts";
import { readOwnCsv, readOwnJson, readOwnLines } from "./read-own-prices.ts";

/** Some times what any catalogue or the whole book has; comparing takes 0.1 ms each. */
const MOST_PRICES = 30_000;

type Read = ReadPrices & { readonly format: PriceFormat };

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
): Read {
  const read = readText(text, format, options);
  const count = read.rates.length;
  if (count <= MOST_PRICES) return read;
  const tooMany = because("prices_many", { count, most: MOST_PRICES });
  return { ...read, rates: [], refused: [refusal(because("at_file"), tooMany)] };
}

function readText(text: string, format: PriceFormat | null, options: ReadOptions): Read {
  const isJson = /^\ufeff?\s*[[{]/.test(text);
  if (!isJson && (format ?? "outlay") === "outlay") {
    return { format: "outlay", ...readOwnCsv(text, options) };
  }
  let file: unknown;
  try {
    file = parseExactJson(text);
  } catch {
    const lines = (format ?? "outlay") === "outlay" ? readOwnLines(text, options) : null;
    const none = { rates: [], refused: [refusal(because("at_file"), because("no_json"))] };
    return { format: format ?? "outlay", ...(lines ?? none) };
  }
  const told = format ?? formatOf(file);
  const { rates, refused } = readAs(told, file, options);
  const hidden = refusal(because("at_file"), because("said_twice"));
  return { format: told, rates, refused: hasHidden(text, file) ? [hidden, ...refused] : refused };
}

function readAs(format: PriceFormat, file: unknown, options: ReadOptions): ReadPrices {
  if (format === "outlay" || !isObject(file)) return readOwnJson(file, options);
  return format === "litellm" ? readLitellm(file, options) : readModelsDev(file, options);
}

function formatOf(file: unknown): PriceFormat {
  if (!isObject(file) || Array.isArray(file.prices)) return "outlay";
  const values = Object.values(file).filter(isObject);
  if (values.some((value) => "litellm_provider" in value)) return "litellm";
  return values.some((value) => isObject(value.models)) || isObject(file.providers)
    ? "models.dev"
    : "outlay";
}
