"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireFreshRole } from "#app/_server/viewer.ts";
import { createKey } from "#lib/access/keys.ts";

export type CreatedKeyState = {
  readonly key?: { readonly id: string; readonly secret: string };
  readonly message?: string;
};

const Input = z.object({
  label: z.string().trim().max(80).default(""),
  team: z
    .string()
    .max(200)
    .transform((slug) => (slug === "" ? null : slug)),
});

/** Makes an ingest key. Its secret goes to the admin's screen once and is kept nowhere. */
export async function createIngestKeyAction(
  _previous: CreatedKeyState,
  form: FormData,
): Promise<CreatedKeyState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("Connect");
  const parsed = Input.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { message: t("badInput") };
  const { team } = parsed.data;
  if (team !== null && !(await currentTeams()).some(({ slug }) => slug === team)) {
    return { message: t("badInput") };
  }
  return { key: await createKey(context().db, viewer, { kind: "ingest", ...parsed.data }) };
}
