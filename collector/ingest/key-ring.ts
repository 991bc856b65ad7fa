import { createHash } from "node:crypto";
import { findKey, type StoredKey, touchKey } from "#lib/access/keys.ts";
import type { Database } from "#lib/db/client.ts";
import type { AuthOutcome } from "../otlp/receiver.ts";
import type { RefusalLog } from "./refusal-log.ts";

/** A revoked key is forgotten when the ring is told; this is for the case that nobody could tell it. */
const TRUST_MS = 30_000;
const MOST_CACHED = 10_000;

type Known = {
  /** Null: no key in force. */
  readonly key: StoredKey | null;
  readonly untilMs: number;
};

/**
 * Which key a secret opens. Remembers answers for half a minute, so that a
 * busy sender costs no query per export, and also an outage of the database of
 * that length turns no sender away as unknown.
 */
export class KeyRing {
  readonly #database: Database;
  readonly #refusals: Pick<RefusalLog, "note">;
  readonly #known = new Map<string, Known>();
  /** Counts the times that all was forgotten. */
  #generation = 0;

  constructor(database: Database, refusals: Pick<RefusalLog, "note">) {
    this.#database = database;
    this.#refusals = refusals;
  }

  /** Forgets everything: keys have changed. */
  forget(): void {
    this.#generation += 1;
    this.#known.clear();
  }

  async authenticate(secret: string | null, now: Date): Promise<AuthOutcome<StoredKey>> {
    if (secret === null || secret.length > 512) {
      this.#refusals.note({ reason: "no_key", example: "" });
      return { kind: "unauthenticated" };
    }
    const key = await this.#find(secret, now);
    if (key === null) {
      this.#refusals.note({ reason: "wrong_key", example: fingerprint(secret) });
      return { kind: "unauthenticated" };
    }
    if (key.kind === "ingest") return { kind: "ok", key };
    this.#refusals.note({ reason: "api_key", example: fingerprint(secret), keyId: key.id });
    return { kind: "forbidden" };
  }

  async #find(secret: string, now: Date): Promise<StoredKey | null> {
    const known = this.#known.get(secret);
    if (known !== undefined && known.untilMs > now.getTime()) return known.key;
    const generation = this.#generation;
    const key = await findKey(this.#database.sql, secret, now);
    if (this.#known.size >= MOST_CACHED) this.#known.clear();
    // What was read before keys changed may be what has changed.
    if (generation === this.#generation)
      this.#known.set(secret, { key, untilMs: trustedUntil(key, now) });
    if (key !== null) await touchKey(this.#database.db, key, { now });
    return key;
  }
}

/** A key that ends sooner than the trust in it is asked about again at its end. */
function trustedUntil(key: StoredKey | null, now: Date): number {
  const until = now.getTime() + TRUST_MS;
  return Math.min(until, key?.endsAt?.getTime() ?? until);
}

/** Enough to tell which of one's own keys was tried, nothing to find a key by. */
function fingerprint(secret: string): string {
  return `sha256:${createHash("sha256").update(secret).digest("hex").slice(0, 8)}`;
}
