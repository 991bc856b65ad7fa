"use server";

import { randomBytes } from "node:crypto";
import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues, wrongFields } from "#app/_server/form-state.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireFreshRole, requireRole } from "#app/_server/viewer.ts";
import { createUser, NewUser } from "#lib/auth/create-user.ts";
import { PersonAccess, setAccess, setPassword, shutOut } from "#lib/auth/manage-users.ts";
import { AppError } from "#lib/errors.ts";

export type PersonState = FormState & {
  /** Shown once. */
  readonly password?: { readonly of: string; readonly secret: string };
};

/** Lets a person in, with a password that is made here and shown once. */
export async function createPersonAction(
  _previous: PersonState,
  form: FormData,
): Promise<PersonState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("People");
  const values = formValues(form);
  const password = newPassword();
  const parsed = NewUser.safeParse({ ...values, password, teams: await knownTeams(form) });
  if (!parsed.success) {
    const wrong = wrongFields(parsed.error.issues);
    return { values, errors: Object.fromEntries(wrong.map((name) => [name, t(`errors.${name}`)])) };
  }
  const person = parsed.data;
  try {
    await context().db.transaction((tx) => createUser(tx, viewer, person));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { values, errors: { email: t("errors.taken") } };
  }
  revalidatePath("/settings/people");
  return { password: { of: person.email, secret: password } };
}

/** Changes role and teams of a person. */
export async function setAccessAction(
  _previous: PersonState,
  form: FormData,
): Promise<PersonState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("People");
  const { id = "", role } = formValues(form);
  const parsed = PersonAccess.safeParse({ role, teams: await knownTeams(form) });
  if (!parsed.success) return { message: t("errors.role") };
  return attempt(async () => {
    await setAccess(context().db, viewer, id, parsed.data);
    return { done: t("saved") };
  });
}

/** Shuts a person out, or lets them in again with a new password. */
export async function setSignInAction(
  _previous: PersonState,
  form: FormData,
): Promise<PersonState> {
  const viewer = await requireRole("admin");
  const t = await getTranslations("People");
  const { id = "", email = "", wanted } = formValues(form);
  if (wanted !== "out") await requireFreshRole("admin");
  return attempt(async () => {
    if (wanted === "out") {
      await shutOut(context().db, viewer, id, new Date());
      return { done: t("isShutOut") };
    }
    const secret = newPassword();
    await setPassword(context().db, viewer, id, secret);
    return { password: { of: email, secret } };
  });
}

async function attempt(work: () => Promise<PersonState>): Promise<PersonState> {
  try {
    const state = await work();
    revalidatePath("/settings/people");
    return state;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const t = await getTranslations("People");
    const isDirectory = error.code === "forbidden";
    return { message: t(isDirectory ? "errors.directory" : "errors.lastAdmin") };
  }
}

function newPassword(): string {
  return randomBytes(15).toString("base64url");
}

async function knownTeams(form: FormData): Promise<string[]> {
  const known = new Set((await currentTeams()).map(({ slug }) => slug));
  return form.getAll("teams").flatMap((slug) => (known.has(String(slug)) ? [String(slug)] : []));
}
