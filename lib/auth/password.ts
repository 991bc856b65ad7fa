import { hash, type Options, verify } from "@node-rs/argon2";

/** OWASP's floor for Argon2id (Password Storage Cheat Sheet); the algorithm is the library's default. */
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

/** The PHC string of a new Argon2id hash. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

/** False also for a stored text that is no hash, so a damaged row locks out rather than fails. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  if (!stored.startsWith("$argon2id$")) return false;
  return verify(stored, password);
}
