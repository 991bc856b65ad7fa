/**
 * Proto3 JSON, field by field: absent and null are the default, numbers may be
 * strings, names are lowerCamelCase and all others are ignored.
 * Each reader throws an AppError "invalid" on a value of the wrong kind.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */

import { AppError } from "#lib/errors.ts";

export type JsonObject = { readonly [key: string]: unknown };

export function invalid(message: string): AppError {
  return new AppError(message, { code: "invalid" });
}

export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw invalid(`${what} must be an object`);
}

/** An object, or an empty one in the place of null or nothing. */
export function optionalObject(value: unknown, what: string): JsonObject {
  return value === undefined || value === null ? {} : objectOf(value, what);
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw invalid(`${what} must be a list`);
}

export function textOf(value: unknown, what: string): string {
  if (value === undefined || value === null) return "";
  // A lone surrogate has no UTF-8, so protobuf could not have sent it and no database takes it.
  if (typeof value === "string") return value.toWellFormed();
  throw invalid(`${what} must be a string`);
}

export function booleanOf(value: unknown, what: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  throw invalid(`${what} must be true or false`);
}

export function doubleOf(value: unknown, what: string): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === "number") return value;
  if (value === "NaN") return Number.NaN;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw invalid(`${what} must be a number`);
  return number;
}

/** A 64-bit integer: a number where that is exact, else a bigint. */
export function wholeNumberOf(value: unknown, what: string): number | bigint {
  if (value === undefined || value === null) return 0;
  const near = typeof value === "string" ? Number(value) : value;
  if (typeof near === "number" && Number.isSafeInteger(near) && value !== "") return near;
  return exactInteger(value, what);
}

/** Unix nanoseconds, exact. */
export function nanosOf(value: unknown, what: string): bigint {
  if (value === undefined || value === null) return 0n;
  const nanos = exactInteger(value, what);
  if (nanos < 0n) throw invalid(`${what} must not be negative`);
  return nanos;
}

/** Enums are integers on the wire; their names are senders' errors that cost nothing to understand. */
export function enumOf(value: unknown, names: ReadonlyMap<string, number>, what: string): number {
  if (typeof value !== "string") return Number(wholeNumberOf(value, what));
  return names.get(value) ?? (/^\d{1,9}$/.test(value) ? Number(value) : 0);
}

/**
 * Lower-case hex of `bytes` bytes; "" when absent or all zero, and null when
 * the text is no such id.
 */
export function hexIdOf(value: unknown, bytes: number): string | null {
  if (value === undefined || value === null || value === "") return "";
  if (typeof value !== "string" || value.length !== bytes * 2) return null;
  if (/^0+$/.test(value)) return "";
  return /^[\da-f]+$/i.test(value) ? value.toLowerCase() : null;
}

function exactInteger(value: unknown, what: string): bigint {
  if (typeof value === "number" && Number.isInteger(value)) return inRange(BigInt(value), what);
  // Bounded, as reading a million digits takes a second.
  if (typeof value === "string" && /^-?\d{1,20}$/.test(value)) return inRange(BigInt(value), what);
  throw invalid(`${what} must be a 64-bit integer`);
}

function inRange(value: bigint, what: string): bigint {
  if (value >= -(2n ** 63n) && value < 2n ** 64n) return value;
  throw invalid(`${what} must be a 64-bit integer`);
}
