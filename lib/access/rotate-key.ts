import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { accessKey } from "#lib/db/schema/organization.ts";
import { AppError } from "#lib/errors.ts";
import { requireFreshSignIn } from "./fresh-sign-in.ts";
import { hashSecret, newSecret } from "./key-secret.ts";
import { issuedTo, notifyPlanChanged } from "./keys.ts";

/** The longest time that a key's old secret may go on working. */
export const MAX_OVERLAP_MS = 30 * 86_400_000;

/**
 * Gives a key a new secret, shown this once. The old one goes on working until
 * `oldUntil`, so that no sender is turned away while it is being exchanged; of
 * two rotations within that time the older secret ends at once.
 *
 * @param oldUntil At most 30 days ahead; null ends the old secret now.
 * @throws {AppError} "not_found" for keys that are not in force, "invalid" for
 *   a time that is past or too far.
 */
export async function rotateKey(
  db: Db,
  actor: AuditActor,
  id: string,
  { oldUntil, now }: { readonly oldUntil: Date | null; readonly now: Date },
): Promise<{ readonly kind: "ingest" | "api"; readonly secret: string }> {
  requireFreshSignIn(actor);
  const aheadMs = oldUntil === null ? 0 : oldUntil.getTime() - now.getTime();
  if (!(aheadMs >= 0 && aheadMs <= MAX_OVERLAP_MS)) {
    throw new AppError("The old secret can go on for at most 30 days from now", {
      code: "invalid",
    });
  }
  return db.transaction(async (tx) => {
    const [key] = await tx
      .select()
      .from(accessKey)
      .where(
        and(
          eq(accessKey.id, id),
          isNull(accessKey.revokedAt),
          or(isNull(accessKey.expiresAt), gt(accessKey.expiresAt, now)),
        ),
      )
      .for("update");
    if (key === undefined) {
      throw new AppError("There is no such key in force", { code: "not_found" });
    }
    const secret = newSecret(key.kind, id);
    await tx
      .update(accessKey)
      .set({
        secretHash: hashSecret(secret),
        previousHash: oldUntil === null ? null : key.secretHash,
        previousUntil: oldUntil,
        rotatedAt: now,
        issuedTo: issuedTo(actor),
      })
      .where(eq(accessKey.id, id));
    await recordAudit(tx, {
      actor,
      action: "key.rotated",
      target: { kind: "key", id },
      after: { label: key.label, oldWorksUntil: oldUntil?.toISOString() ?? null },
    });
    await notifyPlanChanged(tx);
    return { kind: key.kind, secret };
  });
}
