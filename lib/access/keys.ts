import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, lt, or, type SQL } from "drizzle-orm";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db, SqlClient } from "#lib/db/client.ts";
import { accessKey } from "#lib/db/schema/organization.ts";
import { requireFreshSignIn } from "./fresh-sign-in.ts";
import { type KeyScope, scopesOf } from "./key-scopes.ts";
import { hashSecret, newSecret } from "./key-secret.ts";
import type { Role } from "./viewer.ts";

export type KeyKind = "ingest" | "api";

/** `drop`: content leaves no trace. `hash`: keyed hashes stay, which tell equal contents and nothing else. */
export type ContentPolicy = "drop" | "hash";

export type NewKey = {
  readonly kind: KeyKind;
  /** Ingest: the default team of what arrives with it. API: the team it sees. Null for none, or for all. */
  readonly team: string | null;
  readonly label: string;
  /** API keys only; ingest keys have no role. */
  readonly role?: Role;
  readonly expiresAt?: Date | null;
  /** What it may do; left out or null: what is usual for its kind. */
  readonly scopes?: readonly KeyScope[] | null;
  /** Ingest keys: what is kept of prompts, arguments and results. Default: nothing. */
  readonly contentPolicy?: ContentPolicy;
  /** A secret chosen by the operator (unattended first start); else one is made. */
  readonly secret?: string;
};

/** A listener of this channel reads keys, teams and rules anew. */
export const PLAN_CHANNEL = "outlay_plan";

/**
 * Makes a key. The secret is returned this once; only its SHA-256 is kept,
 * which is enough for 256 random bits (ASVS 6.5.2).
 */
export async function createKey(
  db: Db,
  actor: AuditActor,
  key: NewKey,
): Promise<{ id: string; secret: string }> {
  requireFreshSignIn(actor);
  const id = randomBytes(6).toString("hex");
  const secret = key.secret ?? newSecret(key.kind, id);
  const { kind, label, team } = key;
  const role = kind === "api" ? (key.role ?? "viewer") : null;
  const expiresAt = key.expiresAt ?? null;
  const contentPolicy = key.contentPolicy ?? "drop";
  const scopes = key.scopes ?? null;
  await db.transaction(async (tx) => {
    await tx.insert(accessKey).values({
      ...{ id, kind, label, role, expiresAt, contentPolicy },
      scopes: scopes === null ? null : [...scopes],
      secretHash: hashSecret(secret),
      teamSlug: team,
      issuedTo: issuedTo(actor),
    });
    await recordAudit(tx, {
      actor,
      action: "key.created",
      target: { kind: "key", id },
      after: {
        ...{ kind, label, team, role, contentPolicy },
        scopes: scopesOf(kind, scopes),
        expiresAt: expiresAt?.toISOString() ?? null,
      },
    });
    await notifyPlanChanged(tx);
  });
  return { id, secret };
}

/** Ends a key at once: every process that holds it in memory is told. */
export async function revokeKey(
  db: Db,
  actor: AuditActor,
  id: string,
  now: Date,
): Promise<boolean> {
  return db.transaction(async (tx) => (await revoke(tx, actor, eq(accessKey.id, id), now)) > 0);
}

/** Ends the API keys whose secret a person was shown last; ingest keys, which read nothing, go on. */
export async function revokeKeysOf(
  tx: KeyWriter,
  actor: AuditActor,
  userId: string,
  now: Date,
): Promise<void> {
  const isTheirs = and(eq(accessKey.issuedTo, userId), eq(accessKey.kind, "api"));
  await revoke(tx, actor, isTheirs, now);
}

type KeyWriter = Pick<Db, "update" | "execute">;

async function revoke(
  tx: KeyWriter,
  actor: AuditActor,
  which: SQL | undefined,
  now: Date,
): Promise<number> {
  const keys = await tx
    .update(accessKey)
    .set({ revokedAt: now })
    .where(and(which, isNull(accessKey.revokedAt)))
    .returning({
      ...{ id: accessKey.id, kind: accessKey.kind },
      ...{ label: accessKey.label, team: accessKey.teamSlug },
    });
  for (const { id, ...before } of keys) {
    await recordAudit(tx, { actor, action: "key.revoked", target: { kind: "key", id }, before });
  }
  if (keys.length > 0) await notifyPlanChanged(tx);
  return keys.length;
}

/** Who is shown a secret: a person, whose API keys end with their access, or nobody in particular. */
export function issuedTo({ kind, id }: AuditActor): string | null {
  return kind === "user" ? id : null;
}

/** Changes what an ingest key in force keeps of content: of all that comes from now on. */
export async function setContentPolicy(
  db: Db,
  actor: AuditActor,
  id: string,
  contentPolicy: ContentPolicy,
): Promise<void> {
  const isOpen = and(
    eq(accessKey.id, id),
    eq(accessKey.kind, "ingest"),
    isNull(accessKey.revokedAt),
  );
  await db.transaction(async (tx) => {
    const [before] = await tx
      .select({ contentPolicy: accessKey.contentPolicy })
      .from(accessKey)
      .where(isOpen)
      .for("update");
    if (before === undefined || before.contentPolicy === contentPolicy) return;
    await tx.update(accessKey).set({ contentPolicy }).where(isOpen);
    const target = { kind: "key", id };
    await recordAudit(tx, {
      actor,
      action: "key.changed",
      target,
      before,
      after: { contentPolicy },
    });
  });
  await notifyPlanChanged(db);
}

/** Tells all processes that keys, teams or rules have changed. */
export async function notifyPlanChanged(db: Pick<Db, "execute">): Promise<void> {
  await db.execute(`select pg_notify('${PLAN_CHANNEL}', '')`);
}

/** A key as it is kept. */
export type StoredKey = {
  readonly id: string;
  readonly kind: KeyKind;
  readonly label: string;
  readonly team: string | null;
  readonly role: Role | null;
  readonly contentPolicy: ContentPolicy;
  readonly scopes: readonly KeyScope[];
  readonly wasUsed: boolean;
  /** When the secret stops to open it; null: not by itself. */
  readonly endsAt: Date | null;
};

type KeyRow = Omit<StoredKey, "scopes"> & { readonly scopes: readonly string[] | null };

/** The key that a secret opens, if it is in force; null for unknown, revoked and expired ones alike. */
export async function findKey(
  sql: SqlClient,
  secret: string,
  now: Date,
): Promise<StoredKey | null> {
  const hash = hashSecret(secret);
  const [row] = await sql<KeyRow[]>`
    select id, kind, label, team_slug as team, role, content_policy as "contentPolicy", scopes,
           last_used_at is not null as "wasUsed",
           least(expires_at, case when previous_hash = ${hash} then previous_until end) as "endsAt"
      from access_key
     where (secret_hash = ${hash} or previous_hash = ${hash} and previous_until > ${now})
       and revoked_at is null
       and (expires_at is null or expires_at > ${now})`;
  return row === undefined ? null : { ...row, scopes: scopesOf(row.kind, row.scopes) };
}

/** Notes that a key was used, at most once in half a minute; the first time is put on record. */
export async function touchKey(
  db: Db,
  { id, label, kind, wasUsed }: Pick<StoredKey, "id" | "label" | "kind" | "wasUsed">,
  { now, origin }: { readonly now: Date; readonly origin?: AuditActor["origin"] },
): Promise<void> {
  if (!wasUsed) {
    await db.transaction(async (tx) => {
      const first = await tx
        .update(accessKey)
        .set({ lastUsedAt: now })
        .where(and(eq(accessKey.id, id), isNull(accessKey.lastUsedAt)))
        .returning({ id: accessKey.id });
      if (first.length === 0) return;
      const actor: AuditActor = { kind: "key", id, label, origin };
      const target = { kind: "key", id };
      await recordAudit(tx, { actor, action: "key.first_used", target, after: { kind } });
    });
    return;
  }
  const stale = new Date(now.getTime() - 30_000);
  await db
    .update(accessKey)
    .set({ lastUsedAt: now })
    .where(
      and(eq(accessKey.id, id), or(gt(accessKey.lastUsedAt, now), lt(accessKey.lastUsedAt, stale))),
    );
}
