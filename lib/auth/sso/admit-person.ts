import { randomUUID } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { authAccount, authUser, authUserTeam } from "#lib/db/schema/auth.ts";
import { authLink } from "#lib/db/schema/sign-in.ts";
import { lockPerson, replaceAccess, type Writer } from "../manage-users.ts";
import type { IdClaims } from "./id-token.ts";
import { groupsIn, mappedAccess } from "./mapped-access.ts";
import type { Provider } from "./provider.ts";

/**
 * Finds or makes the person whom the provider vouches for. Who they are is
 * (issuer, subject) and never the e-mail; a verified e-mail of an allowed domain
 * links a person that was made or invited here, and a verified one a person of
 * the directory, once (ASVS 6.8.1). Where groups
 * are mapped, role and teams follow them at each sign-in.
 *
 * @returns the person's id; null when Outlay does not let them in.
 */
export async function admitPerson(
  db: Db,
  origin: AuditActor["origin"],
  provider: Provider,
  claims: IdClaims,
  now: Date,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const providerId = `oidc:${provider.issuer}`;
    const identity = { providerId, accountId: claims.sub };
    const actor: AuditActor = { kind: "system", id: providerId, label: provider.name, origin };
    const [known] = await tx
      .select({ userId: authAccount.userId })
      .from(authAccount)
      .where(and(eq(authAccount.providerId, providerId), eq(authAccount.accountId, claims.sub)));
    const userId = known?.userId ?? (await newcomer(tx, actor, provider, claims, now));
    if (userId === null) return null;
    if (known === undefined) {
      await tx.insert(authAccount).values({ id: randomUUID(), userId, ...identity });
    }
    const person = await lockPerson(tx, userId);
    if (person.deactivatedAt !== null) return null;
    if (provider.mappings.length > 0 && !person.isFromDirectory) {
      const access = mappedAccess(provider.mappings, {
        roleGroups: groupsIn(claims, provider.roleClaim),
        teamGroups: groupsIn(claims, provider.teamClaim),
      });
      await replaceAccess(tx, actor, person, { role: access.role, teams: [...access.teams] });
    }
    return userId;
  });
}

/** Somebody the provider has not sent before: linked, made of an invitation, made anew, or sent away. */
async function newcomer(
  tx: Writer,
  actor: AuditActor,
  provider: Provider,
  claims: IdClaims,
  now: Date,
): Promise<string | null> {
  const email = verifiedEmail(claims);
  const domain = email?.split("@").at(-1) ?? "";
  const { allowedDomains } = provider;
  const isNamedDomain = allowedDomains.includes(domain);
  if (email === null || (allowedDomains.length > 0 && !isNamedDomain)) return null;
  const [own] = await tx.select().from(authUser).where(eq(authUser.email, email));
  if (own !== undefined) {
    if (!isNamedDomain && !own.isFromDirectory) return null;
    const target = { kind: "person", id: own.id };
    await recordAudit(tx, { actor, action: "person.linked", target, after: { email } });
    return own.id;
  }
  const [invitation] = await tx
    .update(authLink)
    .set({ endedAt: now })
    .where(
      and(
        eq(authLink.purpose, "invitation"),
        eq(authLink.email, email),
        isNull(authLink.endedAt),
        gt(authLink.expiresAt, now),
      ),
    )
    .returning();
  if (invitation === undefined && !provider.createsPeople) return null;
  const id = randomUUID();
  const name = claims.name?.trim().slice(0, 120) || email;
  const role = invitation?.role ?? "viewer";
  const teams = invitation?.teams ?? [];
  await tx.insert(authUser).values({ id, name, email, role, emailVerified: true });
  if (teams.length > 0) {
    await tx.insert(authUserTeam).values(teams.map((teamSlug) => ({ userId: id, teamSlug })));
  }
  const target = { kind: "person", id };
  const after = { name, email, role, teams };
  await recordAudit(tx, { actor, action: "person.created", target, after });
  return id;
}

function verifiedEmail({ email, email_verified: verified }: IdClaims): string | null {
  const isVerified = verified === true || verified === "true";
  if (!isVerified || email === undefined || !/^[^\s@]{1,64}@[^\s@]{3,190}$/.test(email))
    return null;
  return email.toLowerCase();
}
