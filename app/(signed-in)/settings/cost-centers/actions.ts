"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { CostCenterInput, nameCostCenter } from "#lib/organization/cost-centers.ts";

export async function nameCostCenterAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const change = { by: await requireRole("admin"), now: new Date() };
  const t = await getTranslations("CostCenters");
  const values = formValues(form);
  const { code, name, owner } = values;
  const parsed = CostCenterInput.safeParse({ code, name, owner: owner?.trim() || null });
  if (!parsed.success) return { values, message: t("wrong") };
  return attempt(values, async () => {
    await nameCostCenter(context().sql, change, parsed.data);
    revalidatePath("/settings/cost-centers");
    return { done: t("saved") };
  });
}
