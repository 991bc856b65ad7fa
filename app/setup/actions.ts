"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { consumeSetupToken } from "#lib/access/setup-token.ts";
import type { AuditActor } from "#lib/audit/actor.ts";
import { createUser, NewUser } from "#lib/auth/create-user.ts";
import { AppError } from "#lib/errors.ts";

export type SetupState = {
  readonly values: { readonly name: string; readonly email: string };
  readonly errors: { readonly [field: string]: string | undefined };
  readonly message?: string;
};

const Input = NewUser.pick({ name: true, email: true, password: true }).extend({
  token: z.string().min(1).max(200),
});

/**
 * Makes the first admin and signs them in. Open to strangers by nature: the
 * token is what authorises it, and it is used up in the transaction that
 * stores the admin.
 */
export async function createFirstAdminAction(
  _previous: SetupState,
  form: FormData,
): Promise<SetupState> {
  const t = await getTranslations("Setup");
  const values = { name: String(form.get("name") ?? ""), email: String(form.get("email") ?? "") };
  const parsed = Input.safeParse(Object.fromEntries(form));
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
    const errors = Object.fromEntries([...wrong].map((field) => [field, t(`errors.${field}`)]));
    return { values, errors };
  }
  const { token, ...person } = parsed.data;
  if (!(await storeAdmin(token, person))) return { values, errors: {}, message: t("unusable") };
  await context().auth.api.signInEmail({
    body: { email: person.email, password: person.password },
    headers: await headers(),
  });
  redirect("/connect");
}

/** Nobody is known yet: whoever holds the set-up link. */
const STRANGER: AuditActor = { kind: "nobody", id: "setup", label: "set-up link" };

async function storeAdmin(
  token: string,
  person: Pick<NewUser, "name" | "email" | "password">,
): Promise<boolean> {
  try {
    await context().db.transaction(async (tx) => {
      if (!(await consumeSetupToken(tx, token, new Date()))) {
        throw new AppError("The set-up link is used up or too old", { code: "forbidden" });
      }
      await createUser(tx, STRANGER, { ...person, role: "admin", teams: [] });
    });
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
