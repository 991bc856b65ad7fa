import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

/**
 * Encrypts a secret that has to be read again (a webhook's signing secret, a
 * chat URL) for the database: AES-256-GCM under a key derived from
 * OUTLAY_SECRET by HKDF-SHA-256.
 *
 * @param purpose What it is and whose, such as `webhook_secret`: bound to
 *   the bytes, so that they open as nothing else.
 */
export function sealText(text: string, secret: string, purpose: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, sealed, cipher.getAuthTag()]);
}

/** @throws {Error} when OUTLAY_SECRET or the purpose is another, or the bytes are damaged. */
export function openText(sealed: Buffer, secret: string, purpose: string): string {
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(-TAG_BYTES);
  const isWhole = sealed.length >= 1 + NONCE_BYTES + TAG_BYTES && sealed[0] === VERSION;
  if (!isWhole) throw new Error(`the sealed ${purpose} is damaged`);
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret, purpose), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(tag);
  try {
    const text = decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error(`the ${purpose} cannot be opened with this OUTLAY_SECRET`, { cause });
  }
}

function keyOf(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "outlay", `sealed ${purpose}`, 32));
}
