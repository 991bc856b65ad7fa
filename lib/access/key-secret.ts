import { createHash, randomBytes } from "node:crypto";
import { KEY_PREFIX } from "./key-name.ts";

/** A key's secret: what it is for and which it is, readable, then 256 random bits. */
export function newSecret(kind: keyof typeof KEY_PREFIX, id: string): string {
  return `${KEY_PREFIX[kind]}${id}_${randomBytes(32).toString("base64url")}`;
}

/** All that is kept of a secret. A plain hash is enough for so many random bits (ASVS 6.5.2). */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
