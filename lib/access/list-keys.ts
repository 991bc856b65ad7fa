import type { SqlClient } from "#lib/db/client.ts";
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
export async function listKeys(sql: SqlClient, now: Date): Promise<readonly KeyInfo[]> {
  return (await selectKeys(sql, null)).map((row) => toInfo(row, now));
}

/** One key, also one that is not in force any more. */
export async function findKeyInfo(sql: SqlClient, id: string, now: Date): Promise<KeyInfo | null> {
  const [row] = await selectKeys(sql, id);
  return row === undefined ? null : toInfo(row, now);
}

type Row = Omit<KeyInfo, "scopes" | "state"> & {
  readonly scopes: readonly string[] | null;
  readonly revokedAt: Date | null;
};

function selectKeys(sql: SqlClient, id: string | null) {
  return sql<Row[]>`
    select id, kind, label, team_slug as team, role, scopes, content_policy as "contentPolicy",
           created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt",
           rotated_at as "rotatedAt", previous_until as "previousUntil", revoked_at as "revokedAt"
      from access_key where ${id}::text is null or id = ${id} order by created_at desc`;
}

function toInfo({ revokedAt, scopes, previousUntil, ...row }: Row, now: Date): KeyInfo {
  const isExpired = row.expiresAt !== null && row.expiresAt <= now;
  const hasOverlap = previousUntil !== null && previousUntil > now;
  return {
    ...row,
    scopes: scopesOf(row.kind, scopes),
    state: revokedAt !== null ? "revoked" : isExpired ? "expired" : "active",
    previousUntil: hasOverlap ? previousUntil : null,
  };
}
