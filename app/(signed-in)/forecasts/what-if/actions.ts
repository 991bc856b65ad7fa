"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { archiveScenario, ScenarioInput, saveScenario } from "#lib/forecasting/scenarios.ts";

/** Who may save; viewers ask without. */
const SAVERS = ["admin", "finance", "manager"] as const;

export async function saveScenarioAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole(...SAVERS);
  const t = await getTranslations("WhatIf");
  const parsed = ScenarioInput.safeParse({
    name: form.get("name"),
    question: jsonOf(form.get("question")),
    shared: form.get("shared") === "1",
  });
  if (!parsed.success) return { message: t("badQuestion") };
  return attempt({}, async () => {
    await saveScenario(context().sql, viewer, parsed.data, new Date());
    revalidatePath("/forecasts/what-if");
    return { done: t("savedNow") };
  });
}

export async function archiveScenarioAction(id: string): Promise<void> {
  const viewer = await requireRole(...SAVERS);
  await archiveScenario(context().sql, viewer, String(id), new Date());
  revalidatePath("/forecasts/what-if");
}

function jsonOf(value: FormDataEntryValue | null): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : null;
  } catch {
    return null;
  }
}
