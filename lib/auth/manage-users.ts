import { and, asc, eq, isNotNull, ne } from "drizzle-orm";
import { z } from "zod";
import { ROLES, type Role } from "#lib/access/viewer.ts";
import type { Db } from "#lib/db/client.ts";
import { authAccount, authSession, authUser, authUserTeam } from "#lib/db/schema/auth.ts";
import { AppError } from "#lib/errors.ts";
import { hashPassword } from "./password.ts";

/** A person as the settings show one. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Slugs, for roles that do not see all teams anyway. */
  readonly teams: readonly string[];
  /** False: they have no password, so they cannot sign in. */
  readonly isActive: boolean;
};

/** What an admin decides about a person. */
export const PersonAccess = z.strictObject({
  role: z.enum(ROLES),
  teams: z.array(z.string().min(1)).max(2_000),
});
export type PersonAccess = z.output<typeof PersonAccess>;

export async function listPeople(db: Db): Promise<readonly Person[]> {
  const people = await db
    .select({
      id: authUser.id,
      name: authUser.name,
      email: authUser.email,
      role: authUser.role,
      password: authAccount.password,
    })
    .from(authUser)
    .leftJoin(authAccount, IS_CREDENTIAL)
    .orderBy(asc(authUser.name), asc(authUser.id));
  const memberships = await db.select().from(authUserTeam).orderBy(asc(authUserTeam.teamSlug));
  const teamsOf = Map.groupBy(memberships, ({ userId }) => userId);
  return people.map(({ password, ...person }) => ({
    ...person,
    teams: teamsOf.get(person.id)?.map(({ teamSlug }) => teamSlug) ?? [],
    isActive: password !== null,
  }));
}

/**
 * Gives a person another role and other teams; it holds from their next request.
 *
 * @throws {AppError} "conflict" when nobody would be left to administer.
 */
export async function setAccess(db: Db, id: string, { role, teams }: PersonAccess): Promise<void> {
  await db.transaction(async (tx) => {
    if (role !== "admin") await requireOtherAdmin(tx, id);
    await tx.update(authUser).set({ role, updatedAt: new Date() }).where(eq(authUser.id, id));
    await tx.delete(authUserTeam).where(eq(authUserTeam.userId, id));
    if (teams.length > 0) {
      await tx.insert(authUserTeam).values(teams.map((teamSlug) => ({ userId: id, teamSlug })));
    }
  });
}

/**
 * Shuts a person out at once: no password, no session. What they did stays
 * under their name, and a new password lets them in again.
 *
 * @throws {AppError} "conflict" when nobody would be left to administer.
 */
export async function shutOut(db: Db, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    await requireOtherAdmin(tx, id);
    await tx.update(authAccount).set({ password: null }).where(isCredentialOf(id));
    await tx.delete(authSession).where(eq(authSession.userId, id));
  });
}

/** Gives a person a password, which ends their sessions and undoes `shutOut`. */
export async function setPassword(db: Db, id: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.update(authAccount).set({ password: hash }).where(isCredentialOf(id));
    await tx.delete(authSession).where(eq(authSession.userId, id));
  });
}

const IS_CREDENTIAL = and(
  eq(authAccount.userId, authUser.id),
  eq(authAccount.providerId, "credential"),
);

function isCredentialOf(id: string) {
  return and(eq(authAccount.userId, id), eq(authAccount.providerId, "credential"));
}

type Writer = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Two admins who demote each other at once must not both succeed. */
async function requireOtherAdmin(tx: Writer, id: string): Promise<void> {
  await tx.execute("lock table auth_user in share row exclusive mode");
  const [other] = await tx
    .select({ id: authUser.id })
    .from(authUser)
    .innerJoin(authAccount, IS_CREDENTIAL)
    .where(and(eq(authUser.role, "admin"), ne(authUser.id, id), isNotNull(authAccount.password)))
    .limit(1);
  if (other !== undefined) return;
  throw new AppError("There must be another admin who can sign in", { code: "conflict" });
}
