import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { authSetupToken } from "#lib/db/schema/auth.ts";

const LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** Makes the one-time token of /setup, valid for a week, and voids those before it. Only its hash is kept. */
export async function createSetupToken(db: Db, now: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.transaction(async (tx) => {
    await tx.delete(authSetupToken).where(isNull(authSetupToken.usedAt));
    await tx.insert(authSetupToken).values({
      tokenHash: hashOf(token),
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
    });
  });
  return token;
}

/**
 * Uses the token up, in the caller's transaction: whatever fails after it
 * leaves the token usable. Of two people at once one gets it.
 *
 * @returns Whether the token was known, unused and in time.
 */
export async function consumeSetupToken(
  db: Pick<Db, "update">,
  token: string,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(authSetupToken)
    .set({ usedAt: now })
    .where(usable(token, now))
    .returning({ hash: authSetupToken.tokenHash });
  return rows.length === 1;
}

/** Whether `consumeSetupToken` would take it; for showing the form or the reason why not. */
export async function isSetupTokenUsable(
  db: Pick<Db, "select">,
  token: string,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .select({ hash: authSetupToken.tokenHash })
    .from(authSetupToken)
    .where(usable(token, now));
  return rows.length === 1;
}

/** 256 random bits need no slow hash (ASVS 6.5.2). */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function usable(token: string, now: Date) {
  return and(
    eq(authSetupToken.tokenHash, hashOf(token)),
    isNull(authSetupToken.usedAt),
    gt(authSetupToken.expiresAt, now),
  );
}
