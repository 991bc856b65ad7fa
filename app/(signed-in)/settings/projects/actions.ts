"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import {
  createProject,
  ProjectChange,
  ProjectInput,
  updateProject,
} from "#lib/organization/projects.ts";

const PATH = "/settings/projects";

export async function createProjectAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Projects");
  const values = formValues(form);
  const parsed = ProjectInput.safeParse({
    id: values.id,
    name: values.name?.trim() || values.id,
    team: values.team || null,
  });
  if (!parsed.success) return { values, message: t("wrong") };
  return attempt(values, async () => {
    await createProject(context().sql, change, parsed.data);
    revalidatePath(PATH);
    return { done: t("created", { name: parsed.data.name }) };
  });
}

/** Saves name and team, or archives a project, or takes it up again. */
export async function updateProjectAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Projects");
  const { id = "", wanted, name, team } = formValues(form);
  const isPlace = wanted === "archive" || wanted === "restore";
  const parsed = ProjectChange.safeParse(
    isPlace ? { archived: wanted === "archive" } : { name, team: team || null },
  );
  if (!parsed.success) return { message: t("wrong") };
  return attempt({}, async () => {
    await updateProject(context().sql, change, id, parsed.data);
    revalidatePath(PATH);
    return { done: t("saved") };
  });
}
