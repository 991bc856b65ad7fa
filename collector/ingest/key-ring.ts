import { findKey, type StoredKey, touchKey } from "#lib/access/keys.ts";
import type { Database } from "#lib/db/client.ts";
import type { AuthOutcome } from "../otlp/receiver.ts";

/** A revoked key is forgotten when the ring is told; this is for the case that nobody could tell it. */
const TRUST_MS = 30_000;
const MOST_CACHED = 10_000;

type Known = { readonly outcome: AuthOutcome<StoredKey>; readonly untilMs: number };

/**
 * Which key a secret opens. Remembers answers for half a minute, so that a
 * busy sender costs no query per export, and also an outage of the database of
 * that length turns no sender away as unknown.
 */
export class KeyRing {
  readonly #database: Database;
  readonly #known = new Map<string, Known>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Forgets everything: keys have changed. */
  forget(): void {
    this.#known.clear();
  }

  async authenticate(secret: string | null, now: Date): Promise<AuthOutcome<StoredKey>> {
    if (secret === null || secret.length > 512) return { kind: "unauthenticated" };
    const known = this.#known.get(secret);
    if (known !== undefined && known.untilMs > now.getTime()) return known.outcome;
    const key = await findKey(this.#database.sql, secret, now);
    const outcome: AuthOutcome<StoredKey> =
      key === null
        ? { kind: "unauthenticated" }
        : key.kind === "ingest"
          ? { kind: "ok", key }
          : { kind: "forbidden" };
    if (this.#known.size >= MOST_CACHED) this.#known.clear();
    this.#known.set(secret, { outcome, untilMs: now.getTime() + TRUST_MS });
    if (key !== null) await touchKey(this.#database.db, key.id, now);
    return outcome;
  }
}
