import { and, asc, count, eq, inArray, ne } from "drizzle-orm";
import { z } from "zod";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Writer } from "#lib/auth/manage-users.ts";
import type { Db } from "#lib/db/client.ts";
import { authUser } from "#lib/db/schema/auth.ts";
import { scimGroup, scimMember } from "#lib/db/schema/sign-in.ts";
import { applyGroups } from "./apply-groups.ts";
import type { ScimFilter } from "./filter.ts";
import type { GroupState } from "./patch.ts";
import { ScimError } from "./scim-error.ts";
import type { ScimPage, ScimRange } from "./users.ts";

export type ScimGroup = typeof scimGroup.$inferSelect & { readonly members: readonly string[] };

export async function listScimGroups(
  db: Db,
  filter: ScimFilter | null,
  { startIndex, count: most }: ScimRange,
): Promise<ScimPage<ScimGroup>> {
  const where = filter === null ? undefined : matches(filter);
  const groups = await db
    .select()
    .from(scimGroup)
    .where(where)
    .orderBy(asc(scimGroup.createdAt), asc(scimGroup.id))
    .limit(most)
    .offset(startIndex - 1);
  const [all] = await db.select({ total: count() }).from(scimGroup).where(where);
  const rows = await Promise.all(groups.map((group) => withMembers(db, group)));
  return { rows, total: all?.total ?? 0 };
}

/** @throws {ScimError} 404. */
export async function findScimGroup(db: Pick<Db, "select">, id: string): Promise<ScimGroup> {
  const isId = z.uuid().safeParse(id).success;
  const [group] = isId ? await db.select().from(scimGroup).where(eq(scimGroup.id, id)) : [];
  if (group === undefined) throw new ScimError("there is no such group", { status: 404 });
  return withMembers(db, group);
}

/** @throws {ScimError} 409 "uniqueness", or 400 when a member is nobody. */
export async function createScimGroup(
  db: Db,
  actor: AuditActor,
  state: GroupState,
  now: Date,
): Promise<ScimGroup> {
  return db.transaction(async (tx) => {
    await requireFreeName(tx, state.displayName, null);
    const { displayName, externalId } = state;
    const [group] = await tx
      .insert(scimGroup)
      .values({ displayName, externalId, createdAt: now, updatedAt: now })
      .returning();
    if (group === undefined) throw new Error("a group was not stored");
    await store(tx, actor, { ...group, members: [] }, state, now);
    return findScimGroup(tx, group.id);
  });
}

/** Changes a group; its people have their new rights with the same transaction. */
export async function changeScimGroup(
  db: Db,
  actor: AuditActor,
  id: string,
  change: (group: ScimGroup) => GroupState,
  now: Date,
): Promise<ScimGroup> {
  return db.transaction(async (tx) => {
    await tx.execute("lock table scim_member in share row exclusive mode");
    const group = await findScimGroup(tx, id);
    const state = change(group);
    await requireFreeName(tx, state.displayName, id);
    await store(tx, actor, group, state, now);
    return findScimGroup(tx, id);
  });
}

export async function deleteScimGroup(db: Db, actor: AuditActor, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const { displayName, members } = await findScimGroup(tx, id);
    await tx.delete(scimGroup).where(eq(scimGroup.id, id));
    const target = { kind: "directory_group", id };
    const before = { displayName, members };
    await recordAudit(tx, { actor, action: "directory_group.deleted", target, before });
    await applyGroups(tx, actor, members);
  });
}

async function store(
  tx: Writer,
  actor: AuditActor,
  before: ScimGroup,
  { displayName, externalId, members }: GroupState,
  now: Date,
): Promise<void> {
  const { id } = before;
  const wanted = [...new Set(members)].toSorted();
  const known =
    wanted.length === 0
      ? []
      : await tx.select({ id: authUser.id }).from(authUser).where(inArray(authUser.id, wanted));
  if (known.length < wanted.length) {
    throw new ScimError("a member is no user of ours", { status: 400, scimType: "invalidValue" });
  }
  await tx
    .update(scimGroup)
    .set({ displayName, externalId, updatedAt: now })
    .where(eq(scimGroup.id, id));
  await tx.delete(scimMember).where(eq(scimMember.groupId, id));
  if (wanted.length > 0) {
    await tx.insert(scimMember).values(wanted.map((userId) => ({ groupId: id, userId })));
  }
  await recordAudit(tx, {
    ...{ actor, action: "directory_group.changed", target: { kind: "directory_group", id } },
    before: { displayName: before.displayName, members: before.members },
    after: { displayName, members: wanted },
  });
  const isRenamed = displayName !== before.displayName;
  const touched = isRenamed
    ? [...before.members, ...wanted]
    : [...before.members, ...wanted].filter(
        (user) => before.members.includes(user) !== wanted.includes(user),
      );
  await applyGroups(tx, actor, [...new Set(touched)]);
}

async function requireFreeName(tx: Writer, name: string, own: string | null): Promise<void> {
  const [other] = await tx
    .select({ id: scimGroup.id })
    .from(scimGroup)
    .where(and(eq(scimGroup.displayName, name), own === null ? undefined : ne(scimGroup.id, own)));
  if (other !== undefined)
    throw new ScimError("that displayName is taken", { status: 409, scimType: "uniqueness" });
}

async function withMembers(
  db: Pick<Db, "select">,
  group: typeof scimGroup.$inferSelect,
): Promise<ScimGroup> {
  const rows = await db
    .select({ userId: scimMember.userId })
    .from(scimMember)
    .where(eq(scimMember.groupId, group.id))
    .orderBy(asc(scimMember.userId));
  return { ...group, members: rows.map(({ userId }) => userId) };
}

function matches({ attribute, value }: ScimFilter) {
  if (attribute === "displayName") return eq(scimGroup.displayName, value);
  if (attribute === "externalId") return eq(scimGroup.externalId, value);
  return eq(scimGroup.id, z.uuid().safeParse(value).success ? value : crypto.randomUUID());
}
