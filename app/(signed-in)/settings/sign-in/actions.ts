"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { requireFreshRole, requireRole } from "#app/_server/viewer.ts";
import { setPersonFloor } from "#lib/access/person-floor.ts";
import { setSecondFactorRule } from "#lib/auth/second-factor-rule.ts";
import { saveProvider } from "#lib/auth/sso/provider.ts";
import { AppError } from "#lib/errors.ts";
import { readProviderForm } from "./provider-form-data.ts";

/** Keeps the identity provider's settings. The client secret is never shown again. */
export async function saveProviderAction(_previous: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("SignInSettings");
  const read = readProviderForm(form);
  if ("wrong" in read) {
    return {
      errors: Object.fromEntries(read.wrong.map((name) => [name, t(`errors.${name}`)])),
    };
  }
  const { db, config } = context();
  const options = { secret: config.secret, now: new Date() };
  if (!(await saveProvider(db, viewer, read.input, options))) {
    return { errors: { clientSecret: t("errors.clientSecret") } };
  }
  revalidatePath("/settings/sign-in");
  return { done: t("saved") };
}

/** Who must have a second factor, from their next request on. */
export async function setSecondFactorRuleAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("SignInSettings");
  await setSecondFactorRule(context().sql, viewer, String(form.get("rule")));
  revalidatePath("/settings/sign-in");
  return { done: t("saved") };
}

/** How many persons a team must have before its managers see persons. */
export async function setPersonFloorAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const viewer = await requireRole("admin");
  const t = await getTranslations("SignInSettings");
  try {
    await setPersonFloor(context().sql, viewer, Number(form.get("floor")));
  } catch (error) {
    if (error instanceof AppError) return { errors: { floor: t("errors.floor") } };
    throw error;
  }
  revalidatePath("/settings/sign-in");
  return { done: t("saved") };
}
