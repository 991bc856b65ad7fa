"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues, wrongFields } from "#app/_server/form-state.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { EntryInput } from "#lib/close/hand-entry.ts";
import { bookByHand, reverseBooking } from "#lib/close/journal.ts";

/** Books an entry by hand. */
export async function bookEntryAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("Journal");
  const values = formValues(form);
  const { kind, month, team, to_team, amount, note, reference, booking } = values;
  const input = EntryInput.safeParse({
    ...{ kind, month, team, amount: amount?.trim(), note, reference, booking },
    ...(kind === "move" && { to_team }),
  });
  if (!input.success) {
    const wrong = wrongFields(input.error.issues);
    return { values, errors: Object.fromEntries(wrong.map((name) => [name, t("wrong")])) };
  }
  return attempt(values, async () => {
    const entries = await bookByHand(context().sql, viewer, input.data, new Date());
    revalidatePath("/", "layout");
    return { done: t("booked", { count: entries.length }) };
  });
}

/** Takes a booking back by its opposite. */
export async function reverseEntryAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("Journal");
  const values = formValues(form);
  const { id = "", month = "", note = "" } = values;
  if (!/^[0-9a-f-]{36}$/.test(id) || note.trim() === "" || note.length > 500) {
    return { values, message: t("wrong") };
  }
  return attempt(values, async () => {
    const wanted = { id, month, note: note.trim() };
    const entries = await reverseBooking(context().sql, viewer, wanted, new Date());
    revalidatePath("/", "layout");
    return { done: t("booked", { count: entries.length }) };
  });
}
