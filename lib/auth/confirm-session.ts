import { and, eq, isNotNull } from "drizzle-orm";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { authAccount, authSession } from "#lib/db/schema/auth.ts";
import { verifyPassword } from "./password.ts";
import { takeSignInAttempt } from "./sign-in-limit.ts";

/** Whether a person can sign in by password, and so prove by it who they are. */
export async function hasPassword(db: Pick<Db, "select">, userId: string): Promise<boolean> {
  return (await passwordHash(db, userId)) !== null;
}

/**
 * Makes a session fresh again by its owner's password. Wrong ones are counted
 * as attempts to sign in, and put on record as the right ones are.
 */
export async function confirmSession(
  db: Db,
  actor: AuditActor,
  {
    sessionId,
    password,
    now,
  }: {
    readonly sessionId: string;
    readonly password: string;
    readonly now: Date;
  },
): Promise<"confirmed" | "wrong" | "too_many"> {
  const attempt = { email: `own ${actor.id}`, address: null };
  if (!(await takeSignInAttempt(db, attempt, now))) return "too_many";
  const hash = await passwordHash(db, actor.id);
  const target = { kind: "person", id: actor.id };
  if (hash === null || !(await verifyPassword(hash, password))) {
    await recordAudit(db, { actor, action: "session.confirmed", target, result: "refused" });
    return "wrong";
  }
  await db.transaction(async (tx) => {
    await tx
      .update(authSession)
      .set({ confirmedAt: now })
      .where(and(eq(authSession.id, sessionId), eq(authSession.userId, actor.id)));
    await recordAudit(tx, { actor, action: "session.confirmed", target });
  });
  return "confirmed";
}

async function passwordHash(db: Pick<Db, "select">, userId: string): Promise<string | null> {
  const [account] = await db
    .select({ password: authAccount.password })
    .from(authAccount)
    .where(
      and(
        eq(authAccount.userId, userId),
        eq(authAccount.providerId, "credential"),
        isNotNull(authAccount.password),
      ),
    );
  return account?.password ?? null;
}
