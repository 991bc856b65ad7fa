import { createHash } from "node:crypto";

/** The first 64 bits of SHA-256 as a signed integer in decimal, which fits a Postgres bigint. */
export function hashToBigint(content: string): string {
  return createHash("sha256").update(content).digest().readBigInt64BE(0).toString();
}
