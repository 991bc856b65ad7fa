import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { ROLES } from "#lib/access/viewer.ts";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { authAccount, authUser, authUserTeam } from "#lib/db/schema/auth.ts";
import { AppError } from "#lib/errors.ts";
import { hashPassword, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "./password.ts";
import { isWeakPassword } from "./weak-password.ts";

/** A password that somebody chooses: long enough, and not among the first that anybody would try. */
export const NewPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH)
  .max(PASSWORD_MAX_LENGTH)
  .refine((password) => !isWeakPassword(password));

/** What is needed to let a person in. Pages and the command line parse with it. */
export const NewUser = z.object({
  name: z.string().trim().min(1).max(120),
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  password: NewPassword,
  role: z.enum(ROLES),
  /** Slugs of the teams whose money the person may see; admins and finance see all. */
  teams: z.array(z.string().min(1)).default([]),
});
export type NewUser = z.output<typeof NewUser>;

/**
 * Stores a person who can sign in with the password.
 *
 * @param db The pool, or a transaction that this becomes part of.
 * @throws {AppError} "conflict" when the e-mail is taken.
 */
export async function createUser(
  db: Pick<Db, "select" | "insert" | "execute">,
  actor: AuditActor,
  user: NewUser,
): Promise<{ readonly id: string }> {
  requireFreshSignIn(actor);
  const taken = await db
    .select({ id: authUser.id })
    .from(authUser)
    .where(eq(authUser.email, user.email));
  if (taken.length > 0)
    throw new AppError("That e-mail already has an account", {
      code: "conflict",
    });

  const id = randomUUID();
  const { name, email, role } = user;
  await db.insert(authUser).values({ id, name, email, role, emailVerified: true });
  await db.insert(authAccount).values({
    id: randomUUID(),
    userId: id,
    accountId: id,
    providerId: "credential",
    password: await hashPassword(user.password),
  });
  if (user.teams.length > 0) {
    await db.insert(authUserTeam).values(user.teams.map((teamSlug) => ({ userId: id, teamSlug })));
  }
  await recordAudit(db, {
    actor,
    action: "person.created",
    target: { kind: "person", id },
    after: { name, email, role, teams: user.teams },
  });
  return { id };
}

/** Whether anybody can sign in yet. */
export async function hasUsers(db: Pick<Db, "select">): Promise<boolean> {
  const rows = await db.select({ id: authUser.id }).from(authUser).limit(1);
  return rows.length > 0;
}
