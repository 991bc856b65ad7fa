import { eq } from "drizzle-orm";
import { z } from "zod";
import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { type Editor, requireAdmin } from "#lib/access/rights.ts";
import { ROLES } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { authUser } from "#lib/db/schema/auth.ts";
import { signInProvider } from "#lib/db/schema/sign-in.ts";
import { applyGroups } from "#lib/scim/apply-groups.ts";
import { openText, sealText } from "#lib/secrets/sealed-text.ts";

const PURPOSE = "oidc_client_secret";
const Claim = z.string().trim().min(1).max(200);
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/);

/** What an admin says about the identity provider. */
export const ProviderInput = z.strictObject({
  isEnabled: z.boolean(),
  name: z.string().trim().min(1).max(60),
  /** As the provider writes it in its tokens: to the sign, without a query. */
  issuer: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .refine((text) => !/[?#]/.test(text)),
  clientId: z.string().trim().min(1).max(500),
  /** Null keeps the one that is stored. */
  clientSecret: z.string().min(1).max(2_000).nullable(),
  roleClaim: Claim,
  teamClaim: Claim,
  mappings: z
    .array(
      z
        .strictObject({
          group: z.string().trim().min(1).max(300),
          role: z.enum(ROLES).nullable(),
          team: z.string().min(1).max(63).nullable(),
        })
        .refine(({ role, team }) => role !== null || team !== null),
    )
    .max(500),
  allowedDomains: z.array(Domain).max(100),
  createsPeople: z.boolean(),
});
export type ProviderInput = z.output<typeof ProviderInput>;

/** The provider as settings show it: whether there is a secret, never the secret. */
export type Provider = Omit<ProviderInput, "clientSecret">;

/** The provider; null until an admin has set one up. */
export async function readProvider(db: Pick<Db, "select">): Promise<Provider | null> {
  const [row] = await db.select().from(signInProvider);
  if (row === undefined) return null;
  const { id: _, sealedClientSecret: __, updatedAt: ___, ...provider } = row;
  return { ...provider, mappings: [...provider.mappings] };
}

/** The provider with its secret, for asking it; null while there is none that is switched on. */
export async function openProvider(
  db: Pick<Db, "select">,
  secret: string,
): Promise<(Provider & { readonly clientSecret: string }) | null> {
  const [row] = await db.select().from(signInProvider).where(eq(signInProvider.isEnabled, true));
  if (row === undefined) return null;
  const sealed = Buffer.from(row.sealedClientSecret, "base64");
  return {
    ...row,
    mappings: [...row.mappings],
    clientSecret: openText(sealed, secret, PURPOSE),
  };
}

/**
 * Keeps what an admin says about the provider; the client secret is encrypted.
 *
 * @param secret The installation's.
 * @returns false when there is no client secret yet and none is given.
 */
export async function saveProvider(
  db: Db,
  actor: Editor,
  { clientSecret, ...input }: ProviderInput,
  { secret, now }: { readonly secret: string; readonly now: Date },
): Promise<boolean> {
  requireFreshSignIn(actor);
  requireAdmin(actor);
  return db.transaction(async (tx) => {
    const [stored] = await tx.select().from(signInProvider).for("update");
    const sealedClientSecret =
      clientSecret === null
        ? stored?.sealedClientSecret
        : sealText(clientSecret, secret, PURPOSE).toString("base64");
    if (sealedClientSecret === undefined) return false;
    const before = await readProvider(tx);
    const row = { ...input, sealedClientSecret, updatedAt: now };
    await tx
      .insert(signInProvider)
      .values({ id: 1, ...row })
      .onConflictDoUpdate({ target: signInProvider.id, set: row });
    const people = await tx
      .select({ id: authUser.id })
      .from(authUser)
      .where(eq(authUser.isFromDirectory, true));
    await applyGroups(
      tx,
      actor,
      people.map(({ id }) => id),
    );
    await recordAudit(tx, {
      ...{ actor, action: "sign_in_provider.changed", before, after: input },
      target: { kind: "sign_in_provider", id: input.issuer },
    });
    return true;
  });
}
