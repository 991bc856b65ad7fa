"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues, wrongFields } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { teamSlug } from "#lib/allocation/find-team.ts";
import { createTeam, updateTeam } from "#lib/organization/change-team.ts";
import { mergeTeams } from "#lib/organization/merge-teams.ts";
import { splitTeam } from "#lib/organization/split-team.ts";
import { TeamChange, TeamInput, TeamMerge, TeamSplit } from "#lib/organization/team-input.ts";

const PATH = "/settings/teams";

/** Adds a team. Without a slug it takes the one that telemetry with this name would make. */
export async function createTeamAction(_previous: FormState, form: FormData): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Teams");
  const values = formValues(form);
  const parsed = TeamInput.safeParse({
    ...teamFields(values),
    slug: values.slug?.trim() || (teamSlug(values.name ?? "") ?? ""),
  });
  if (!parsed.success) return { values, errors: await wrong(parsed.error.issues) };
  return attempt(values, async () => {
    await createTeam(context().sql, change, parsed.data);
    revalidatePath(PATH);
    return { done: t("created", { name: parsed.data.name }) };
  });
}

/** Saves what the form says of a team, or archives it, or takes it up again. */
export async function updateTeamAction(_previous: FormState, form: FormData): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Teams");
  const { slug = "", wanted, ...values } = formValues(form);
  const fields =
    wanted === "archive" || wanted === "restore"
      ? { archived: wanted === "archive" }
      : teamFields(values);
  const parsed = TeamChange.safeParse(fields);
  if (!parsed.success) return { values, errors: await wrong(parsed.error.issues) };
  return attempt(values, async () => {
    await updateTeam(context().sql, change, slug, parsed.data);
    revalidatePath(PATH, "layout");
    return { done: t("saved") };
  });
}

export async function mergeTeamAction(_previous: FormState, form: FormData): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Teams");
  const values = formValues(form);
  const { slug = "", into, from, history } = values;
  const parsed = TeamMerge.safeParse({ into, from, history });
  if (!parsed.success) return { values, message: t("errors.merge") };
  return attempt(values, async () => {
    await mergeTeams(context().sql, change, slug, parsed.data);
    revalidatePath(PATH, "layout");
    return { done: t("merged", { into: parsed.data.into }) };
  });
}

/** The parts come as lists of equal length. */
export async function splitTeamAction(_previous: FormState, form: FormData): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Teams");
  const values = formValues(form);
  const all = (name: string) => form.getAll(name).map(String);
  const [attributes, operators, texts] = [all("attribute"), all("operator"), all("value")];
  const people = all("people");
  const parts = all("name").map((name, index) => ({
    name,
    slug: teamSlug(name) ?? "",
    conditions: [
      { attribute: attributes[index], operator: operators[index], value: texts[index] ?? "" },
    ],
    people: listOf(people[index]),
  }));
  const parsed = TeamSplit.safeParse({ from: values.from, place: values.place, parts });
  if (!parsed.success) return { values, message: t("errors.split") };
  return attempt(values, async () => {
    await splitTeam(context().sql, change, values.slug ?? "", parsed.data);
    revalidatePath(PATH, "layout");
    return { done: t("wasSplit") };
  });
}

function teamFields(values: Readonly<Record<string, string>>) {
  const text = (name: string) => values[name]?.trim() || null;
  return {
    name: values.name ?? "",
    costCenter: text("costCenter"),
    parent: text("parent"),
    owners: listOf(values.owners),
  };
}

function listOf(text = ""): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "");
}

async function wrong(issues: Parameters<typeof wrongFields>[0]) {
  const t = await getTranslations("Teams");
  return Object.fromEntries(wrongFields(issues).map((name) => [name, t(`errors.${name}`)]));
}
