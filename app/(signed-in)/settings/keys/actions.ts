"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireFreshRole, requireRole } from "#app/_server/viewer.ts";
import { storableScopes } from "#lib/access/key-scopes.ts";
import { createKey, revokeKey, setContentPolicy } from "#lib/access/keys.ts";
import { rotateKey } from "#lib/access/rotate-key.ts";
import { ROLES } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";

export type NewKeyState = {
  readonly key?: { readonly kind: "ingest" | "api"; readonly secret: string };
  readonly message?: string;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ContentPolicyInput = z.enum(["drop", "hash"]);

const Input = z.object({
  kind: z.enum(["ingest", "api"]),
  label: z.string().trim().max(80),
  team: z.string().transform((slug) => (slug === "" ? null : slug)),
  role: z.enum(ROLES).default("viewer"),
  days: z.coerce.number().int().min(0).max(3_650),
  contentPolicy: ContentPolicyInput.default("drop"),
});

/** Makes a key. Its secret goes to the admin's screen once and is kept nowhere. */
export async function createKeyAction(
  _previous: NewKeyState,
  form: FormData,
): Promise<NewKeyState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("Keys");
  const parsed = Input.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { message: t("badInput") };
  const { days, ...key } = parsed.data;
  if (key.team !== null && !(await currentTeams()).some(({ slug }) => slug === key.team)) {
    return { message: t("badInput") };
  }
  const scopes = storableScopes(key.kind, form.getAll("scopes").map(String));
  if (scopes === undefined) return { message: t("badInput") };
  const expiresAt = days === 0 ? null : new Date(Date.now() + days * DAY_MS);
  const { secret } = await createKey(context().db, viewer, { ...key, scopes, expiresAt });
  revalidatePath("/settings/keys");
  return { key: { kind: key.kind, secret } };
}

/** Ends a key at once. Revoking a revoked or unknown one changes nothing. */
export async function revokeKeyAction(id: string): Promise<void> {
  const viewer = await requireRole("admin");
  await revokeKey(context().db, viewer, String(id), new Date());
  revalidatePath("/settings/keys");
}

/** Gives a key a new secret, shown this once; the old one works for some hours more. */
export async function rotateKeyAction(
  _previous: NewKeyState,
  form: FormData,
): Promise<NewKeyState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("Keys");
  const hours = z.coerce.number().int().min(0).max(720).safeParse(form.get("hours"));
  if (!hours.success) return { message: t("gone") };
  const now = new Date();
  const oldUntil = hours.data === 0 ? null : new Date(now.getTime() + hours.data * HOUR_MS);
  try {
    const key = await rotateKey(context().db, viewer, String(form.get("id")), { oldUntil, now });
    revalidatePath("/settings/keys");
    return { key };
  } catch (error) {
    if (error instanceof AppError) return { message: t("gone") };
    throw error;
  }
}

/** Changes what an ingest key keeps of content, from its next export on. */
export async function setContentPolicyAction(id: string, policy: string): Promise<void> {
  const viewer = await requireRole("admin");
  const parsed = ContentPolicyInput.safeParse(policy);
  if (!parsed.success) return;
  await setContentPolicy(context().db, viewer, String(id), parsed.data);
  revalidatePath("/settings/keys");
}
