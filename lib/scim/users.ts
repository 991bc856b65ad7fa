import { randomUUID } from "node:crypto";
import { and, asc, count, eq, isNotNull, isNull, or } from "drizzle-orm";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { deactivate, lockPerson, requireOtherAdmin, type Writer } from "#lib/auth/manage-users.ts";
import type { Db } from "#lib/db/client.ts";
import { authUser } from "#lib/db/schema/auth.ts";
import { scimMember } from "#lib/db/schema/sign-in.ts";
import { AppError } from "#lib/errors.ts";
import { applyGroups } from "./apply-groups.ts";
import type { ScimFilter } from "./filter.ts";
import type { UserInput } from "./resources.ts";
import { ScimError } from "./scim-error.ts";

export type ScimUser = typeof authUser.$inferSelect;
export type ScimPage<Row> = { readonly rows: readonly Row[]; readonly total: number };
/** 1-based, as SCIM counts. */
export type ScimRange = { readonly startIndex: number; readonly count: number };

const SHUT_OUT = "an admin of Outlay has shut this person out; only an admin lets them in again";

/** Whom a directory sees: everybody but those it has deleted, and those of an admin's who are shut out. */
const IS_SEEN = or(isNull(authUser.deactivatedAt), eq(authUser.isFromDirectory, true));

export async function listScimUsers(
  db: Db,
  filter: ScimFilter | null,
  { startIndex, count: most }: ScimRange,
): Promise<ScimPage<ScimUser>> {
  const where = and(IS_SEEN, filter === null ? undefined : matches(filter));
  const rows = await db
    .select()
    .from(authUser)
    .where(where)
    .orderBy(asc(authUser.createdAt), asc(authUser.id))
    .limit(most)
    .offset(startIndex - 1);
  const [all] = await db.select({ total: count() }).from(authUser).where(where);
  return { rows, total: all?.total ?? 0 };
}

/** @throws {ScimError} 404. */
export async function findScimUser(db: Pick<Db, "select">, id: string): Promise<ScimUser> {
  const [user] = await db
    .select()
    .from(authUser)
    .where(and(eq(authUser.id, id), IS_SEEN));
  if (user === undefined) throw new ScimError("there is no such user", { status: 404 });
  return user;
}

/**
 * Makes a person of the directory, who comes in by single sign-on; one whom it
 * deleted before comes back under the same id.
 *
 * @throws {ScimError} 409 "uniqueness" when the e-mail has an account, be it of
 *   somebody whom an admin has shut out.
 */
export async function createScimUser(
  db: Db,
  actor: AuditActor,
  input: UserInput,
  now: Date,
): Promise<ScimUser> {
  return db.transaction(async (tx) => {
    const [taken] = await tx.select().from(authUser).where(eq(authUser.email, input.email));
    if (taken !== undefined && (taken.deactivatedAt === null || taken.isFromDirectory)) {
      throw new ScimError("that userName is taken", { status: 409, scimType: "uniqueness" });
    }
    if (taken?.shutOutBy === "admin") {
      throw new ScimError(SHUT_OUT, { status: 409, scimType: "uniqueness" });
    }
    const id = taken?.id ?? randomUUID();
    const { email, name, externalId } = input;
    const open = { deactivatedAt: null, shutOutBy: null };
    const row = { name, externalId, isFromDirectory: true, updatedAt: now, ...open };
    if (taken === undefined) {
      await tx
        .insert(authUser)
        .values({ id, email, role: "viewer", emailVerified: true, createdAt: now, ...row });
    } else {
      await tx.update(authUser).set(row).where(eq(authUser.id, id));
    }
    const target = { kind: "person", id };
    await recordAudit(tx, { actor, action: "person.created", target, after: { email, name } });
    if (!input.isActive) {
      await deactivate(tx, actor, await lockPerson(tx, id), { by: "directory", now });
    }
    await applyGroups(tx, actor, [id]);
    return lockPerson(tx, id);
  });
}

/**
 * Changes a person to what the directory says; who is not active any more is
 * signed out at once. Whom an admin has shut out stays so: the directory does
 * not know why.
 *
 * @throws {ScimError} 404, 409 "uniqueness", or 400 "mutability" for letting in
 *   somebody whom an admin has shut out.
 */
export async function replaceScimUser(
  db: Db,
  actor: AuditActor,
  id: string,
  read: (user: ScimUser) => UserInput,
  now: Date,
): Promise<ScimUser> {
  return db.transaction(async (tx) => {
    await findScimUser(tx, id);
    const user = await lockPerson(tx, id);
    const { email, name, externalId, isActive } = read(user);
    if (isActive && user.shutOutBy === "admin") {
      throw new ScimError(SHUT_OUT, { status: 400, scimType: "mutability" });
    }
    const [other] = await tx
      .select({ id: authUser.id })
      .from(authUser)
      .where(eq(authUser.email, email));
    if (other !== undefined && other.id !== id) {
      throw new ScimError("that userName is taken", { status: 409, scimType: "uniqueness" });
    }
    await tx
      .update(authUser)
      .set({ email, name, externalId, isFromDirectory: true, updatedAt: now })
      .where(eq(authUser.id, id));
    await recordChange(tx, actor, user, { email, name, externalId });
    if (user.deactivatedAt === null && !isActive) await endAccess(tx, actor, user, now);
    if (user.deactivatedAt !== null && isActive) {
      await tx
        .update(authUser)
        .set({ deactivatedAt: null, shutOutBy: null })
        .where(eq(authUser.id, id));
      const target = { kind: "person", id };
      await recordAudit(tx, { actor, action: "person.let_in", target, after: { email } });
    }
    await applyGroups(tx, actor, [id]);
    return lockPerson(tx, id);
  });
}

/** Shuts a person out for good: what they did stays under their name. @throws {ScimError} 404. */
export async function deleteScimUser(
  db: Db,
  actor: AuditActor,
  id: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await findScimUser(tx, id);
    const user = await lockPerson(tx, id);
    if (user.deactivatedAt === null) await endAccess(tx, actor, user, now);
    // Whoever is provisioned again is in the groups that the directory names then.
    await tx.delete(scimMember).where(eq(scimMember.userId, id));
    await tx
      .update(authUser)
      .set({ isFromDirectory: false, externalId: null })
      .where(eq(authUser.id, id));
  });
}

/** The last admin stays, whatever the directory says: somebody must be able to mend it. */
async function endAccess(tx: Writer, actor: AuditActor, user: ScimUser, now: Date): Promise<void> {
  try {
    await requireOtherAdmin(tx, user.id);
  } catch (error) {
    if (error instanceof AppError) {
      throw new ScimError(error.message, { status: 409, cause: error });
    }
    throw error;
  }
  await deactivate(tx, actor, user, { by: "directory", now });
}

async function recordChange(
  tx: Writer,
  actor: AuditActor,
  user: ScimUser,
  after: Pick<UserInput, "email" | "name" | "externalId">,
): Promise<void> {
  const before = { email: user.email, name: user.name, externalId: user.externalId };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const target = { kind: "person", id: user.id };
  await recordAudit(tx, { actor, action: "person.changed", target, before, after });
}

function matches({ attribute, value }: ScimFilter) {
  if (attribute === "externalId") {
    return and(isNotNull(authUser.externalId), eq(authUser.externalId, value));
  }
  if (attribute === "id") return eq(authUser.id, value);
  return eq(authUser.email, value.toLowerCase());
}
