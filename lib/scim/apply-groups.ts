import { and, eq, inArray } from "drizzle-orm";
import type { AuditActor } from "#lib/audit/actor.ts";
import { lockPerson, replaceAccess, type Writer } from "#lib/auth/manage-users.ts";
import { mappedAccess } from "#lib/auth/sso/mapped-access.ts";
import { authUser } from "#lib/db/schema/auth.ts";
import { scimGroup, scimMember, signInProvider } from "#lib/db/schema/sign-in.ts";

/**
 * Gives people of the directory the role and teams that their groups come to,
 * at once. Where no group is mapped nothing changes: an admin decides then.
 */
export async function applyGroups(
  tx: Writer,
  actor: AuditActor,
  userIds: readonly string[],
): Promise<void> {
  const [provider] = await tx.select({ mappings: signInProvider.mappings }).from(signInProvider);
  const mappings = provider?.mappings ?? [];
  if (mappings.length === 0 || userIds.length === 0) return;
  const people = await tx
    .select({ id: authUser.id })
    .from(authUser)
    .where(and(inArray(authUser.id, [...userIds]), eq(authUser.isFromDirectory, true)))
    .orderBy(authUser.id);
  for (const { id } of people) {
    const person = await lockPerson(tx, id);
    const rows = await tx
      .select({ name: scimGroup.displayName })
      .from(scimMember)
      .innerJoin(scimGroup, eq(scimGroup.id, scimMember.groupId))
      .where(eq(scimMember.userId, id));
    const groups = rows.map(({ name }) => name);
    const { role, teams } = mappedAccess(mappings, { roleGroups: groups, teamGroups: groups });
    await replaceAccess(tx, actor, person, { role, teams: [...teams] });
  }
}
