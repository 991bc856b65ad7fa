"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues, wrongFields } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { createTeam, NewTeam } from "#lib/access/create-team.ts";
import { teamSlug } from "#lib/allocation/find-team.ts";
import { AppError } from "#lib/errors.ts";

/** Adds a team. Without a slug it takes the one that telemetry with this name would make. */
export async function createTeamAction(_previous: FormState, form: FormData): Promise<FormState> {
  await requireRole("admin");
  const t = await getTranslations("Teams");
  const values = formValues(form);
  const text = (name: string) => values[name]?.trim() || null;
  const parsed = NewTeam.safeParse({
    name: values.name,
    slug: text("slug") ?? teamSlug(values.name ?? "") ?? "",
    costCenter: text("costCenter"),
    parent: text("parent"),
  });
  if (!parsed.success) {
    const wrong = wrongFields(parsed.error.issues);
    return { values, errors: Object.fromEntries(wrong.map((name) => [name, t(`errors.${name}`)])) };
  }
  try {
    await createTeam(context().db, parsed.data);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const field = error.code === "conflict" ? "slug" : "parent";
    return { values, errors: { [field]: t(`errors.${error.code}`) } };
  }
  revalidatePath("/settings/teams");
  return { done: t("created", { name: parsed.data.name }) };
}
