"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { createRule, editRule, endRule, moveRule } from "#lib/organization/change-rules.ts";
import { NewRule } from "#lib/organization/rule-input.ts";
import { readRuleForm } from "./rule-form-data.ts";

export type RuleState = { readonly message?: string };

const PATH = "/settings/rules";

/** Stores a rule: a new one, or in the place of the one that the form was opened for. */
export async function saveRuleAction(_previous: RuleState, form: FormData): Promise<RuleState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const [t, { timeZone }] = await Promise.all([getTranslations("Rules"), currentOrganization()]);
  const parsed = NewRule.safeParse(readRuleForm(form, timeZone));
  if (!parsed.success) {
    const part = String(parsed.error.issues[0]?.path[0]);
    const what = part.startsWith("effective")
      ? "dates"
      : part === "assign"
        ? "assign"
        : "conditions";
    return { message: t(`errors.${what}`) };
  }
  const old = form.get("id");
  const { sql } = context();
  try {
    if (typeof old === "string" && old !== "") await editRule(sql, change, old, parsed.data);
    else await createRule(sql, change, parsed.data);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { message: t("errors.gone") };
  }
  revalidatePath(PATH);
  redirect(PATH);
}

/** Moves a rule up or down, or takes it out of force. What is gone already changes nothing. */
export async function changeRuleAction(form: FormData): Promise<void> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const id = String(form.get("id"));
  const { sql } = context();
  try {
    switch (form.get("do")) {
      case "up":
        await moveRule(sql, change, id, -1);
        break;
      case "down":
        await moveRule(sql, change, id, 1);
        break;
      case "end":
        await endRule(sql, change, id);
        break;
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  revalidatePath(PATH);
}
