import { randomUUID } from "node:crypto";
import { and, eq, isNull, ne } from "drizzle-orm";
import { z } from "zod";
import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { revokeKeysOf } from "#lib/access/keys.ts";
import { ROLES, type Role } from "#lib/access/viewer.ts";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db, SqlClient } from "#lib/db/client.ts";
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
  /** False: shut out, by an admin or the directory. */
  readonly isActive: boolean;
  /** Role and teams follow the directory's groups. */
  readonly isFromDirectory: boolean;
  readonly hasSecondFactor: boolean;
};

/** What an admin decides about a person. */
export const PersonAccess = z.strictObject({
  role: z.enum(ROLES),
  teams: z.array(z.string().min(1)).max(2_000),
});
export type PersonAccess = z.output<typeof PersonAccess>;

/** Everybody who may or might sign in, by name. */
export async function listPeople(sql: SqlClient): Promise<readonly Person[]> {
  return sql<Person[]>`
    select id, name, email, role, deactivated_at is null as "isActive",
           is_from_directory as "isFromDirectory", two_factor_enabled as "hasSecondFactor",
           array(select team_slug from auth_user_team t where t.user_id = u.id order by 1) as teams
      from auth_user u order by name, id`;
}

/** The id of the person with this e-mail, unless shut out; null when there is none. */
export async function findActivePerson(db: Db, email: string): Promise<string | null> {
  const [person] = await db
    .select({ id: authUser.id })
    .from(authUser)
    .where(and(eq(authUser.email, email), isNull(authUser.deactivatedAt)));
  return person?.id ?? null;
}

/**
 * Gives a person another role and other teams; it holds from their next request.
 *
 * @throws {AppError} "conflict" when nobody would be left to administer,
 *   "forbidden" when the directory decides about the person.
 */
export async function setAccess(
  db: Db,
  actor: AuditActor,
  id: string,
  access: PersonAccess,
): Promise<void> {
  requireFreshSignIn(actor);
  await db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    if (person.isFromDirectory) {
      throw new AppError("The directory's groups decide about this person", { code: "forbidden" });
    }
    await replaceAccess(tx, actor, person, access);
  });
}

/** The change itself, for callers that hold the person's row: pages and the directory. */
export async function replaceAccess(
  tx: Writer,
  actor: AuditActor,
  person: LockedPerson,
  { role, teams }: PersonAccess,
): Promise<void> {
  if (role !== "admin" && person.role === "admin") await requireOtherAdmin(tx, person.id);
  const before = { role: person.role, teams: await teamsOfPerson(tx, person.id) };
  const after = { role, teams: teams.toSorted() };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await tx.update(authUser).set({ role, updatedAt: new Date() }).where(eq(authUser.id, person.id));
  await tx.delete(authUserTeam).where(eq(authUserTeam.userId, person.id));
  if (teams.length > 0) {
    const rows = [...new Set(teams)].map((teamSlug) => ({ userId: person.id, teamSlug }));
    await tx.insert(authUserTeam).values(rows);
  }
  const target = { kind: "person", id: person.id };
  await recordAudit(tx, {
    ...{ actor, action: "person.access_changed", target },
    before: { email: person.email, ...before },
    after: { email: person.email, ...after },
  });
}

/**
 * Shuts a person out at once: no password, no session, no other way in. What
 * they did stays under their name, and a new password lets them in again.
 *
 * @throws {AppError} "conflict" when nobody would be left to administer.
 */
export async function shutOut(db: Db, actor: AuditActor, id: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    await requireOtherAdmin(tx, id);
    await tx.update(authAccount).set({ password: null }).where(isCredentialOf(id));
    await deactivate(tx, actor, person, { by: "admin", now });
  });
}

/**
 * Ends every session and refuses new ones, for callers that hold the person's
 * row. API keys whose secret the person was shown end, too.
 */
export async function deactivate(
  tx: Writer,
  actor: AuditActor,
  person: LockedPerson,
  { by, now }: { readonly by: "admin" | "directory"; readonly now: Date },
): Promise<void> {
  await tx
    .update(authUser)
    .set({ deactivatedAt: now, shutOutBy: by })
    .where(eq(authUser.id, person.id));
  await tx.delete(authSession).where(eq(authSession.userId, person.id));
  await revokeKeysOf(tx, actor, person.id, now);
  const target = { kind: "person", id: person.id };
  await recordAudit(tx, {
    ...{ actor, action: "person.shut_out", target },
    before: { email: person.email },
  });
}

/** Gives a person a password, which ends their sessions and undoes `shutOut`. */
export async function setPassword(
  db: Db,
  actor: AuditActor,
  id: string,
  password: string,
): Promise<void> {
  requireFreshSignIn(actor);
  const hash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    await replacePassword(tx, actor, person, hash);
  });
}

/** The change itself, for callers that hold the person's row. */
export async function replacePassword(
  tx: Writer,
  actor: AuditActor,
  { id, email }: LockedPerson,
  hash: string,
): Promise<void> {
  const account = { userId: id, accountId: id, providerId: "credential" };
  await tx
    .insert(authAccount)
    .values({ id: randomUUID(), ...account, password: hash })
    .onConflictDoUpdate({
      target: [authAccount.providerId, authAccount.accountId],
      set: { password: hash, updatedAt: new Date() },
    });
  await tx
    .update(authUser)
    .set({ deactivatedAt: null, shutOutBy: null })
    .where(eq(authUser.id, id));
  await tx.delete(authSession).where(eq(authSession.userId, id));
  const target = { kind: "person", id };
  await recordAudit(tx, {
    ...{ actor, action: "person.password_set", target },
    after: { email },
  });
}

export type Writer = Parameters<Parameters<Db["transaction"]>[0]>[0];
export type LockedPerson = typeof authUser.$inferSelect;

/** @throws {AppError} "not_found". */
export async function lockPerson(tx: Writer, id: string): Promise<LockedPerson> {
  const [person] = await tx.select().from(authUser).where(eq(authUser.id, id)).for("update");
  if (person === undefined) throw new AppError("There is no such person", { code: "not_found" });
  return person;
}

async function teamsOfPerson(tx: Writer, id: string): Promise<string[]> {
  const rows = await tx.select().from(authUserTeam).where(eq(authUserTeam.userId, id));
  return rows.map(({ teamSlug }) => teamSlug).toSorted();
}

function isCredentialOf(id: string) {
  return and(eq(authAccount.userId, id), eq(authAccount.providerId, "credential"));
}

/** Two admins who demote each other at once must not both succeed. */
export async function requireOtherAdmin(tx: Writer, id: string): Promise<void> {
  await tx.execute("lock table auth_user in share row exclusive mode");
  const [other] = await tx
    .select({ id: authUser.id })
    .from(authUser)
    .where(and(eq(authUser.role, "admin"), ne(authUser.id, id), isNull(authUser.deactivatedAt)))
    .limit(1);
  if (other !== undefined) return;
  throw new AppError("There must be another admin who can sign in", { code: "conflict" });
}
