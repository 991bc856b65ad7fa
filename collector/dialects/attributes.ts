import type { Attributes, AttributeValue } from "../otlp/model.ts";

/**
 * A count as a producer gave it: a whole number, `null` when absent (also NaN,
 * null and the empty string, which SDKs write for "unknown"), or `"invalid"`
 * when it is negative, fractional, not a number or absurd.
 */
export type Count = number | null | "invalid";

/** No single item stands for more than a trillion tokens. */
const ABSURD = 1e12;
/** Larger JSON texts are content, not usage. */
const MAX_JSON_LENGTH = 4_000_000;

/** The first of `keys` that holds a count; see `countOf`. */
export function count(attributes: Attributes, ...keys: readonly string[]): Count {
  let seen: Count = null;
  for (const key of keys) {
    const value = countOf(attributes.get(key));
    if (typeof value === "number") {
      return value;
    }
    seen = seen ?? value;
  }
  return seen;
}

/** Reads int, double, bigint and numeric text ("1730") as a count (DIALECTS 0.3). */
export function countOf(value: AttributeValue | undefined): Count {
  if (value === undefined || value === null || value === "" || Number.isNaN(value)) {
    return null;
  }
  if (typeof value === "string" && /^\s*(nan|null|none|undefined)?\s*$/i.test(value)) {
    return null;
  }
  const number =
    typeof value === "number" || typeof value === "bigint" || typeof value === "string"
      ? Number(value)
      : Number.NaN;
  return Number.isInteger(number) && number >= 0 && number <= ABSURD ? number + 0 : "invalid";
}

/** The first of `keys` that holds a finite number, of either sign, also as text; else null. */
export function number(attributes: Attributes, ...keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = attributes.get(key);
    if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") {
      const parsed = value === "" ? Number.NaN : Number(value);
      if (Number.isFinite(parsed)) {
        return parsed;
      }
    }
  }
  return null;
}

/**
 * The first of `keys` that holds an amount of money, as a plain decimal string;
 * else null. Negative amounts are not amounts.
 */
export function amount(attributes: Attributes, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = attributes.get(key);
    if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") {
      const text = plainDecimal(String(value).trim());
      if (text !== null) {
        return text;
      }
    }
  }
  return null;
}

/** "1.2e-7" becomes "0.00000012"; null when the text is no decimal of sane length. */
function plainDecimal(text: string): string | null {
  const match = /^(\d{1,20})(?:\.(\d{1,40}))?(?:e([+-]?\d{1,2}))?$/i.exec(text);
  if (match === null) {
    return null;
  }
  const whole = match[1] ?? "";
  const fraction = match[2] ?? "";
  const point = whole.length + Number(match[3] ?? 0);
  const digits = whole + fraction;
  const padded = "0".repeat(Math.max(0, 1 - point)) + digits.padEnd(point, "0");
  const at = Math.max(1, point);
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const tail = padded.slice(at).replace(/0+$/, "");
  return tail === "" ? head : `${head}.${tail}`;
}

/** The first of `keys` that holds text (or a scalar, as text), trimmed; else null. */
export function text(attributes: Attributes, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = textOf(attributes.get(key));
    if (value !== null) {
      return value;
    }
  }
  return null;
}

/** Scalars as text without U+0000 (which Postgres cannot hold); null for the empty and the composed. */
export function textOf(value: AttributeValue | undefined): string | null {
  if (value === undefined || value === null || typeof value === "object") {
    return null;
  }
  const plain = String(value).replaceAll("\u0000", "").trim();
  return plain === "" ? null : plain;
}

/** True and false as boolean, "True", "false", 1 or 0; else null. */
export function truth(attributes: Attributes, ...keys: readonly string[]): boolean | null {
  const value = text(attributes, ...keys)?.toLowerCase();
  if (value === "true" || value === "1") {
    return true;
  }
  return value === "false" || value === "0" ? false : null;
}

/** A list of texts, given as an array, as a JSON array in a string or as a single string. */
export function texts(attributes: Attributes, key: string): readonly string[] {
  const value = attributes.get(key);
  const parsed = typeof value === "string" && value.startsWith("[") ? parseJson(value) : value;
  const items = Array.isArray(parsed) ? parsed : [parsed];
  return items.map(textOf).filter((item) => item !== null);
}

/** An object given as a key-value list or as JSON text; null when it is neither. */
export function object(attributes: Attributes, ...keys: readonly string[]): Attributes | null {
  for (const key of keys) {
    const found = objectOf(attributes.get(key));
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** See `object`; for a value in hand. */
export function objectOf(value: AttributeValue | undefined): Attributes | null {
  const parsed = typeof value === "string" ? parseJson(value) : value;
  return parsed instanceof Map ? parsed : null;
}

function parseJson(value: string): AttributeValue | undefined {
  const start = value.trimStart()[0];
  if (value.length > MAX_JSON_LENGTH || (start !== "{" && start !== "[")) {
    return undefined;
  }
  try {
    return fromJson(JSON.parse(value), 0);
  } catch {
    return undefined;
  }
}

/** Plain JSON as attribute values; what lies deeper than 32 levels is dropped. */
function fromJson(value: unknown, depth: number): AttributeValue {
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? value
      : null;
  }
  if (depth > 32) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((item) => fromJson(item, depth + 1));
  }
  return new Map(
    Object.entries(value).map(([key, item]) => [key, fromJson(item, depth + 1)] as const),
  );
}
