import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { ROLES, type Role } from "#lib/access/viewer.ts";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { authUser } from "#lib/db/schema/auth.ts";
import { authLink } from "#lib/db/schema/sign-in.ts";
import { AppError } from "#lib/errors.ts";
import { createUser, type NewPassword } from "./create-user.ts";
import { lockPerson, replacePassword, type Writer } from "./manage-users.ts";
import { hashPassword } from "./password.ts";

const HOUR_MS = 3_600_000;
const LIFETIME_MS = { invitation: 7 * 24 * HOUR_MS, reset: 24 * HOUR_MS } as const;

export const NewInvitation = z.strictObject({
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  role: z.enum(ROLES),
  teams: z.array(z.string().min(1).max(63)).max(2_000),
});
export type NewInvitation = z.output<typeof NewInvitation>;

/** What a link is for, as whoever holds it may know. */
export type OpenLink = {
  readonly id: string;
  readonly purpose: "invitation" | "reset";
  readonly email: string;
};

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly teams: readonly string[];
  readonly createdBy: string;
  readonly expiresAt: Date;
};

/**
 * Invites somebody; an older invitation of the e-mail ends.
 *
 * @returns the token of the link, of which only a hash is kept.
 * @throws {AppError} "conflict" when the e-mail has an account.
 */
export async function createInvitation(
  db: Db,
  actor: AuditActor,
  { email, role, teams }: NewInvitation,
  now: Date,
): Promise<string> {
  requireFreshSignIn(actor);
  return db.transaction(async (tx) => {
    const taken = await tx.select().from(authUser).where(eq(authUser.email, email));
    if (taken.length > 0) {
      throw new AppError("That e-mail already has an account", { code: "conflict" });
    }
    const link = { purpose: "invitation", email, role, teams } as const;
    const { id, token } = await insertLink(tx, actor, link, now);
    await recordAudit(tx, {
      ...{ actor, action: "person.invited", target: { kind: "invitation", id } },
      after: { email, role, teams },
    });
    return token;
  });
}

/** A link by which a person chooses a new password. @returns its token. */
export async function createReset(
  db: Db,
  actor: AuditActor,
  userId: string,
  now: Date,
): Promise<string> {
  requireFreshSignIn(actor);
  return db.transaction(async (tx) => {
    const { email } = await lockPerson(tx, userId);
    const link = { purpose: "reset", email, userId } as const;
    const { token } = await insertLink(tx, actor, link, now);
    const target = { kind: "person", id: userId };
    await recordAudit(tx, { actor, action: "person.reset_link_made", target, after: { email } });
    return token;
  });
}

/** What a token opens; null for unknown, used, withdrawn and old ones alike. */
export async function findLink(
  db: Pick<Db, "select">,
  token: string,
  now: Date,
): Promise<OpenLink | null> {
  const [link] = await db
    .select()
    .from(authLink)
    .where(isOpen(hashOf(token), now));
  return link === undefined ? null : { id: link.id, purpose: link.purpose, email: link.email };
}

/**
 * Uses a link up: makes the invited person, or gives one a new password, which
 * ends their sessions. Of two people at once one gets it.
 *
 * @returns the e-mail to sign in with; null when the link opens nothing.
 */
export async function followLink(
  db: Db,
  origin: AuditActor["origin"],
  token: string,
  given: { readonly name: string; readonly password: z.output<typeof NewPassword> },
  now: Date,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [link] = await tx
      .update(authLink)
      .set({ endedAt: now })
      .where(isOpen(hashOf(token), now))
      .returning();
    if (link === undefined) return null;
    const actor: AuditActor = { kind: "nobody", id: link.id, label: link.email, origin };
    if (link.purpose === "invitation") {
      const { email, teams } = link;
      await createUser(tx, actor, { ...given, email, teams, role: link.role ?? "viewer" });
    } else {
      const person = await lockPerson(tx, link.userId ?? "");
      // Shut out since the link was made: the link lets nobody in again.
      if (person.deactivatedAt !== null) return null;
      await replacePassword(tx, actor, person, await hashPassword(given.password));
    }
    return link.email;
  });
}

/** Invitations that can still be used, newest first. */
export async function listInvitations(db: Db, now: Date): Promise<readonly Invitation[]> {
  const rows = await db
    .select()
    .from(authLink)
    .where(
      and(
        eq(authLink.purpose, "invitation"),
        isNull(authLink.endedAt),
        gt(authLink.expiresAt, now),
      ),
    )
    .orderBy(desc(authLink.createdAt));
  return rows.map(({ id, email, role, teams, createdBy, expiresAt }) => ({
    ...{ id, email, teams, createdBy, expiresAt },
    role: role ?? "viewer",
  }));
}

/** Ends an invitation that nobody has used. */
export async function withdrawInvitation(
  db: Db,
  actor: AuditActor,
  id: string,
  now: Date,
): Promise<void> {
  if (!z.uuid().safeParse(id).success) return;
  await db.transaction(async (tx) => {
    const [link] = await tx
      .update(authLink)
      .set({ endedAt: now })
      .where(and(eq(authLink.id, id), eq(authLink.purpose, "invitation"), isNull(authLink.endedAt)))
      .returning();
    if (link === undefined) return;
    const target = { kind: "invitation", id };
    const before = { email: link.email, role: link.role };
    await recordAudit(tx, { actor, action: "person.invitation_withdrawn", target, before });
  });
}

async function insertLink(
  tx: Writer,
  actor: AuditActor,
  link: Pick<typeof authLink.$inferInsert, "purpose" | "email" | "userId" | "role" | "teams">,
  now: Date,
): Promise<{ id: string; token: string }> {
  await tx
    .update(authLink)
    .set({ endedAt: now })
    .where(
      and(
        eq(authLink.purpose, link.purpose),
        eq(authLink.email, link.email),
        isNull(authLink.endedAt),
      ),
    );
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + LIFETIME_MS[link.purpose]);
  const [row] = await tx
    .insert(authLink)
    .values({ ...link, tokenHash: hashOf(token), createdBy: actor.label, expiresAt })
    .returning({ id: authLink.id });
  if (row === undefined) throw new Error("a link was not stored");
  return { id: row.id, token };
}

function isOpen(tokenHash: string, now: Date) {
  return and(
    eq(authLink.tokenHash, tokenHash),
    isNull(authLink.endedAt),
    gt(authLink.expiresAt, now),
  );
}

/** 256 random bits need no slow hash (ASVS 6.5.2). */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
