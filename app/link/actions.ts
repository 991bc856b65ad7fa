"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues, wrongFields } from "#app/_server/form-state.ts";
import { requestOrigin } from "#app/_server/request-origin.ts";
import { NewPassword } from "#lib/auth/create-user.ts";
import { findLink, followLink } from "#lib/auth/one-time-links.ts";
import { isWeakPassword } from "#lib/auth/weak-password.ts";

const Input = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(120),
  password: NewPassword,
});

/**
 * Uses an invitation or a reset up and leads to signing in. Open to strangers
 * by nature: the token is what authorises it.
 */
export async function followLinkAction(_previous: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations("Link");
  const { token = "", name = "", password = "" } = formValues(form);
  const now = new Date();
  const { db } = context();
  const link = await findLink(db, token, now);
  if (link === null) return { message: t("unusable") };
  const parsed = Input.safeParse({ token, password, name: link.purpose === "reset" ? "-" : name });
  const isGuessable = isWeakPassword(password, [link.email, name]);
  if (!parsed.success || isGuessable) {
    const wrong = parsed.success ? ["password"] : wrongFields(parsed.error.issues);
    const errors = Object.fromEntries(wrong.map((field) => [field, t(`errors.${field}`)]));
    return { values: { name }, errors };
  }
  const origin = requestOrigin(await headers());
  if ((await followLink(db, origin, token, parsed.data, now)) === null) {
    return { message: t("unusable") };
  }
  redirect("/sign-in?done=password");
}
