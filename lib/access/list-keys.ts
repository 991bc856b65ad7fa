import { desc, eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { accessKey } from "#lib/db/schema/organization.ts";
import { type KeyScope, scopesOf } from "./key-scopes.ts";
import type { ContentPolicy } from "./keys.ts";
import type { Role } from "./viewer.ts";

/** A key as admins see it; its secret is seen by nobody. */
export type KeyInfo = {
  readonly id: string;
  readonly kind: "ingest" | "api";
  readonly label: string;
  readonly team: string | null;
  readonly role: Role | null;
  readonly scopes: readonly KeyScope[];
  readonly contentPolicy: ContentPolicy;
  readonly state: "active" | "expired" | "revoked";
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly rotatedAt: Date | null;
  /** Until when the secret before the last rotation works; null when it does not. */
  readonly previousUntil: Date | null;
};

/** All keys, newest first. */
export async function listKeys(db: Db, now: Date): Promise<readonly KeyInfo[]> {
  const rows = await db.select().from(accessKey).orderBy(desc(accessKey.createdAt));
  return rows.map((row) => toInfo(row, now));
}

/** One key, also one that is not in force any more. */
export async function findKeyInfo(db: Db, id: string, now: Date): Promise<KeyInfo | null> {
  const [row] = await db.select().from(accessKey).where(eq(accessKey.id, id));
  return row === undefined ? null : toInfo(row, now);
}

function toInfo(row: typeof accessKey.$inferSelect, now: Date): KeyInfo {
  const isExpired = row.expiresAt !== null && row.expiresAt <= now;
  const hasOverlap = row.previousUntil !== null && row.previousUntil > now;
  return {
    id: row.id,
    kind: row.kind,
    label: row.label,
    team: row.teamSlug,
    role: row.role,
    scopes: scopesOf(row.kind, row.scopes),
    contentPolicy: row.contentPolicy,
    state: row.revokedAt !== null ? "revoked" : isExpired ? "expired" : "active",
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    rotatedAt: row.rotatedAt,
    previousUntil: hasOverlap ? row.previousUntil : null,
  };
}
