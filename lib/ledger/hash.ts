import { hash } from "node:crypto";

/**
 * A signed 64-bit number from the content of its parts, for keys that Postgres
 * compares: link keys, dimension sets, scopes. MD5 serves as a fast mixer here,
 * not as a guard: a forged collision would only confuse the forger's own calls.
 */
export function hash64(...parts: readonly (string | null)[]): bigint {
  const digest = hash("md5", parts.map(escapePart).join("\u0000"), "buffer");
  return digest.readBigInt64BE(0);
}

/** Keeps null apart from the empty string, and a part's own separators from ours. */
function escapePart(part: string | null): string {
  return part === null ? "\u0001" : part.replaceAll("\u0000", "");
}
