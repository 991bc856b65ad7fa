"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { changeSettings, SettingsChange } from "#lib/organization/settings.ts";

export async function saveSettingsAction(_previous: FormState, form: FormData): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("Settings");
  const values = formValues(form);
  const { name, timeZone, fiscalPattern } = values;
  const parsed = SettingsChange.safeParse({
    ...{ name, timeZone, fiscalPattern },
    fiscalYearStartMonth: Number(values.fiscalYearStartMonth),
    fiscalWeekStart: Number(values.fiscalWeekStart),
  });
  if (!parsed.success) {
    const isZone = parsed.error.issues[0]?.path[0] === "timeZone";
    return { values, message: t(isZone ? "wrongZone" : "wrong") };
  }
  return attempt(values, async () => {
    await changeSettings(context().sql, change, parsed.data);
    revalidatePath("/", "layout");
    return { done: t("saved") };
  });
}
