"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { createKey, revokeKey, setContentPolicy } from "#lib/access/keys.ts";
import { ROLES } from "#lib/access/viewer.ts";

export type NewKeyState = {
  readonly key?: { readonly kind: "ingest" | "api"; readonly secret: string };
  readonly message?: string;
};

const DAY_MS = 86_400_000;

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
  await requireRole("admin");
  const t = await getTranslations("Keys");
  const parsed = Input.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { message: t("badInput") };
  const { days, ...key } = parsed.data;
  if (key.team !== null && !(await currentTeams()).some(({ slug }) => slug === key.team)) {
    return { message: t("badInput") };
  }
  const expiresAt = days === 0 ? null : new Date(Date.now() + days * DAY_MS);
  const { secret } = await createKey(context().db, { ...key, expiresAt });
  revalidatePath("/settings/keys");
  return { key: { kind: key.kind, secret } };
}

/** Ends a key at once. Revoking a revoked or unknown one changes nothing. */
export async function revokeKeyAction(id: string): Promise<void> {
  await requireRole("admin");
  await revokeKey(context().db, String(id), new Date());
  revalidatePath("/settings/keys");
}

/** Changes what an ingest key keeps of content, from its next export on. */
export async function setContentPolicyAction(id: string, policy: string): Promise<void> {
  const viewer = await requireRole("admin");
  const parsed = ContentPolicyInput.safeParse(policy);
  if (!parsed.success) return;
  await setContentPolicy(context().db, viewer, String(id), parsed.data);
  revalidatePath("/settings/keys");
}
