"use server";

import { APIError } from "better-auth/api";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { renderSVG } from "uqr";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { requireSignedIn } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { NewPassword } from "#lib/auth/create-user.ts";
import { takeSignInAttempt } from "#lib/auth/sign-in-limit.ts";
import { isWeakPassword } from "#lib/auth/weak-password.ts";

/** An authenticator that is being set up: the picture to scan, its text, and what to keep safe. */
export type NewFactor = {
  readonly picture: string;
  readonly secret: string;
  readonly backupCodes: readonly string[];
};
export type FactorState = FormState & { readonly factor?: NewFactor };

/** Changes one's own password, which ends all other sessions. */
export async function changePasswordAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const viewer = await requireSignedIn();
  const t = await getTranslations("OwnAccount");
  const newPassword = NewPassword.safeParse(form.get("password"));
  if (!newPassword.success || isWeakPassword(newPassword.data, [viewer.label])) {
    return { errors: { password: t("weak") } };
  }
  return withPassword(viewer, form, "current", async (currentPassword) => {
    const body = { currentPassword, newPassword: newPassword.data, revokeOtherSessions: true };
    await context().auth.api.changePassword({ body, headers: await headers() });
    return { done: t("passwordChanged") };
  });
}

/** Begins a second factor; it holds once a first code of it was right. */
export async function startFactorAction(
  _previous: FactorState,
  form: FormData,
): Promise<FactorState> {
  const viewer = await requireSignedIn();
  return withPassword(viewer, form, "password", async (password) => {
    const made = await context().auth.api.enableTwoFactor({
      body: { password, method: "totp" },
      headers: await headers(),
    });
    if (made.method !== "totp") throw new Error("no authenticator was made");
    const picture = Buffer.from(renderSVG(made.totpURI)).toString("base64");
    const secret = new URL(made.totpURI).searchParams.get("secret") ?? "";
    return { factor: { picture, secret, backupCodes: made.backupCodes } };
  });
}

/** The first code: from now on signing in asks for one. */
export async function confirmFactorAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  await requireSignedIn();
  const t = await getTranslations("OwnAccount");
  try {
    const code = String(form.get("code")).replace(/\s/g, "");
    await context().auth.api.verifyTOTP({ body: { code }, headers: await headers() });
  } catch (error) {
    if (error instanceof APIError) return { errors: { code: t("wrongCode") } };
    throw error;
  }
  revalidatePath("/account");
  return { done: t("factorOn") };
}

/** Takes one's second factor away. */
export async function removeFactorAction(_previous: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireSignedIn();
  const t = await getTranslations("OwnAccount");
  return withPassword(viewer, form, "password", async (password) => {
    await context().auth.api.disableTwoFactor({ body: { password }, headers: await headers() });
    revalidatePath("/account");
    return { done: t("factorOff") };
  });
}

/** Signs out everywhere but here. */
export async function endOtherSessionsAction(): Promise<void> {
  await requireSignedIn();
  await context().auth.api.revokeOtherSessions({ headers: await headers() });
  revalidatePath("/account");
}

/** A session that somebody else got hold of must not guess the password at leisure. */
async function withPassword<State extends FactorState>(
  viewer: Viewer,
  form: FormData,
  field: string,
  work: (password: string) => Promise<State>,
): Promise<State | FormState> {
  const t = await getTranslations("OwnAccount");
  const attempt = { email: `own ${viewer.id}`, address: null };
  if (!(await takeSignInAttempt(context().db, attempt, new Date()))) {
    return { message: t("tooMany") };
  }
  try {
    return await work(String(form.get(field)));
  } catch (error) {
    if (error instanceof APIError) return { errors: { [field]: t("wrongPassword") } };
    throw error;
  }
}
