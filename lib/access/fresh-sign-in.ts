import type { AuditActor } from "#lib/audit/actor.ts";
import { AppError } from "#lib/errors.ts";

/** How long after signing in, or proving it again, a person may give out rights and secrets. */
export const FRESH_MS = 30 * 60_000;

/** Whether a session has lately been begun or confirmed by the person themselves. */
export function isFreshSignIn(
  {
    createdAt,
    confirmedAt,
  }: { readonly createdAt: Date; readonly confirmedAt?: Date | null | undefined },
  now: Date,
): boolean {
  const at = Math.max(createdAt.getTime(), confirmedAt?.getTime() ?? 0);
  return now.getTime() - at < FRESH_MS;
}

/**
 * For what outlives a session that somebody left open or lost: keys, roles, ways
 * to sign in, secrets. Keys and the command line are their own proof.
 *
 * @throws {AppError} "confirmation_required" for people who signed in too long ago.
 */
export function requireFreshSignIn({ kind, isFresh }: AuditActor): void {
  if (kind !== "user" || isFresh === true) return;
  throw new AppError("Confirm that it is you first: your sign-in is older than 30 minutes", {
    code: "confirmation_required",
  });
}
