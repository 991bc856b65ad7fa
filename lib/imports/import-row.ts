import { inEnglish, type Reason } from "#lib/refusals/reason.ts";
import { decimalText } from "#lib/usage/decimal-text.ts";

/** One object of an export, nothing known of its fields yet. */
export type Row = Readonly<Record<string, unknown>>;

/** A row that cannot be imported; the message is for the person who holds the file. */
export class RowError extends Error {
  override readonly name = "RowError";
  /** For readers of other languages; undefined where there are English words only. */
  readonly reason: Reason | undefined;

  constructor(why: string | Reason, options?: ErrorOptions) {
    super(typeof why === "string" ? why : inEnglish(why), options);
    this.reason = typeof why === "string" ? undefined : why;
  }
}

const MAX_TEXT = 500;
const ISO_TIME =
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?$/;
const FIRST_MS = Date.UTC(2015, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);

/** @throws {RowError} unless the value is a JSON object. */
export function asRow(value: unknown, what: string): Row {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Row;
  throw new RowError(`${what} is not an object`);
}

/** The object at a key; empty when absent. @throws {RowError} on anything else. */
export function readRow(row: Row, key: string): Row {
  const value = row[key];
  return value === undefined || value === null ? {} : asRow(value, key);
}

/** A trimmed text; null when absent, null or empty. @throws {RowError} on other types and essays. */
export function readText(row: Row, key: string): string | null {
  const value = row[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" && typeof value !== "number")
    throw new RowError(`${key} is no text`);
  const text = String(value).trim();
  if (text.length > MAX_TEXT) throw new RowError(`${key} is longer than ${MAX_TEXT} characters`);
  return text === "" ? null : text;
}

/** @throws {RowError} when absent or empty. */
export function requireText(row: Row, key: string): string {
  const text = readText(row, key);
  if (text === null) throw new RowError(`${key} is missing`);
  return text;
}

/** A whole number of zero or more; null when absent or empty. @throws {RowError} on anything else. */
export function readOptionalCount(row: Row, key: string): number | null {
  const value = row[key];
  if (value === undefined || value === null || value === "") return null;
  const text = decimalText(value);
  const count = text !== null && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(count))
    throw new RowError(`${key} is not a whole number: ${shown(value)}`);
  return count;
}

/** As {@link readOptionalCount}, zero when absent. */
export function readCount(row: Row, key: string): number {
  return readOptionalCount(row, key) ?? 0;
}

/** A decimal amount as text, times ten to the `shift`; null when absent. @throws {RowError} otherwise. */
export function readAmount(row: Row, key: string, shift = 0): string | null {
  const value = row[key];
  if (value === undefined || value === null || value === "") return null;
  const text = decimalText(value, shift);
  if (text === null) throw new RowError(`${key} is not an amount: ${shown(value)}`);
  return text;
}

/** An ISO 8601 time (UTC unless it says otherwise) in Unix milliseconds. @throws {RowError} */
export function readTime(row: Row, key: string): number {
  const text = requireText(row, key);
  if (!ISO_TIME.test(text)) throw new RowError(`${key} is not an ISO 8601 time: ${shown(text)}`);
  const iso = text
    .replace(/ ?UTC$/, "Z")
    .replace(/^(\S+) (\d)/, "$1T$2")
    .replace(" ", "");
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(iso.slice(10)) || iso.length === 10;
  return plausible(Date.parse(hasZone ? iso : `${iso}Z`), key, text);
}

/** Unix seconds or milliseconds, as a number or digits, in Unix milliseconds. @throws {RowError} */
export function readUnixTime(row: Row, key: string, unit: "seconds" | "milliseconds"): number {
  const count = readOptionalCount(row, key);
  if (count === null) throw new RowError(`${key} is missing`);
  return plausible(unit === "seconds" ? count * 1000 : count, key, String(count));
}

function plausible(ms: number, key: string, text: string): number {
  if (ms >= FIRST_MS && ms < LAST_MS) return ms;
  throw new RowError(`${key} is not a time between 2015 and 2100: ${shown(text)}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? typeof value;
}
