"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { changeSettings, SettingsInput } from "#lib/anomaly-control/settings.ts";
import { AppError } from "#lib/errors.ts";

/** Sets the limits of detection; null: the published ones. */
export async function keepLimitsAction(
  limits: unknown,
): Promise<{ readonly done?: string; readonly mistake?: string }> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("Anomalies");
  const parsed = SettingsInput.safeParse(
    limits === null ? { deviations: null, share: null, amount: null } : withDecimal(limits),
  );
  if (!parsed.success) return { mistake: parsed.error.issues[0]?.message ?? "" };
  try {
    await changeSettings(context().sql, viewer, parsed.data, new Date());
  } catch (error) {
    if (error instanceof AppError) return { mistake: await refusalWords(error) };
    throw error;
  }
  revalidatePath("/anomalies", "layout");
  return { done: t("keptLimits") };
}

/** The page has its amounts as numbers, as sliders do. */
function withDecimal(limits: unknown): unknown {
  if (typeof limits !== "object" || limits === null || !("amount" in limits)) return limits;
  const { amount } = limits;
  return { ...limits, amount: typeof amount === "number" ? amount.toFixed(2) : amount };
}
