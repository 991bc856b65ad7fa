"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { GlCodesInput, saveGlCodes } from "#lib/close/gl-codes.ts";

/** Says the codes of the general ledger, all at once. Fields are named `dimension:value`. */
export async function saveGlCodesAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("GlCodes");
  const values = formValues(form);
  const codes = Object.entries(values).flatMap(([field, code]) => {
    const [, dimension, value] =
      /^(line|provider|team|cost_center|offset):(.*)$/s.exec(field) ?? [];
    return dimension === undefined || code.trim() === "" ? [] : [{ dimension, value, code }];
  });
  const input = GlCodesInput.safeParse({ codes });
  if (!input.success) return { values, message: t("wrong") };
  return attempt(values, async () => {
    await saveGlCodes(context().sql, viewer, input.data.codes);
    revalidatePath("/statements");
    return { done: t("saved", { count: input.data.codes.length }) };
  });
}
