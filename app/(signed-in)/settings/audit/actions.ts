"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { requireFreshRole } from "#app/_server/viewer.ts";
import { setAuditRetention } from "#lib/audit/audit-retention.ts";
import { AppError } from "#lib/errors.ts";

/** How long entries of the audit log are kept; nothing: forever. */
export async function setAuditRetentionAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("Audit");
  const given = String(form.get("days") ?? "").trim();
  try {
    await setAuditRetention(context().sql, viewer, given === "" ? null : Number(given));
  } catch (error) {
    if (error instanceof AppError) return { errors: { days: t("retentionBad") } };
    throw error;
  }
  revalidatePath("/settings/audit");
  return { done: t("retentionSaved") };
}
