"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { removePerson, setPerson } from "#lib/organization/change-person.ts";
import { MemberInput } from "#lib/organization/people.ts";

const PATH = "/settings/members";

/** Stores a person with all memberships, which come as lists of equal length; or forgets them. */
export async function saveMemberAction(_previous: FormState, form: FormData): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Members");
  const values = formValues(form);
  const { sql } = context();
  const all = (name: string) => form.getAll(name).map(String);
  const [teams, codes, starts, ends] = ["team", "costCenter", "from", "to"].map(all);
  const parsed = MemberInput.safeParse({
    email: values.email,
    name: values.name,
    aliases: values.aliases?.split(/[,;\n]+/).flatMap((alias) => alias.trim() || []),
    memberships: (teams ?? []).map((team, index) => ({
      team,
      costCenter: codes?.[index]?.trim() || null,
      from: starts?.[index],
      to: ends?.[index] || null,
    })),
  });
  if (!parsed.success) {
    const isSpan = parsed.error.issues[0]?.path[0] === "memberships";
    return { values, message: t(isSpan ? "errors.memberships" : "errors.person") };
  }
  const state = await attempt(values, async () => {
    await setPerson(sql, change, parsed.data);
    return {};
  });
  if (state.message !== undefined) return state;
  revalidatePath(PATH, "layout");
  redirect(PATH);
}

export async function forgetMemberAction(_previous: FormState, form: FormData): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const { email = "" } = formValues(form);
  const state = await attempt({}, async () => {
    await removePerson(context().sql, change, email);
    return {};
  });
  if (state.message !== undefined) return state;
  revalidatePath(PATH, "layout");
  redirect(PATH);
}
