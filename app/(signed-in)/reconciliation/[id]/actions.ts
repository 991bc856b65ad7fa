"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { acceptGap } from "#lib/reconciliation/accept-gap.ts";
import { withdrawInvoice } from "#lib/reconciliation/withdraw-invoice.ts";

/** Takes an invoice's gap for settled and books it. */
export async function acceptGapAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("Reconciliation");
  const values = formValues(form);
  const { id = "", month = "", team = "", note = "" } = values;
  if (!isSound(id, note) || team.length > 120) return { values, message: t("wrong") };
  return attempt(values, async () => {
    await acceptGap(context().sql, viewer, { id, month, team, note: note.trim() }, new Date());
    revalidatePath("/", "layout");
    return {};
  });
}

/** Says of an invoice that it does not count. */
export async function withdrawInvoiceAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("Reconciliation");
  const values = formValues(form);
  const { id = "", note = "" } = values;
  if (!isSound(id, note)) return { values, message: t("wrong") };
  return attempt(values, async () => {
    await withdrawInvoice(context().sql, viewer, { id, note: note.trim() }, new Date());
    revalidatePath("/", "layout");
    return {};
  });
}

function isSound(id: string, note: string): boolean {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  return isId && note.trim() !== "" && note.length <= 500;
}
