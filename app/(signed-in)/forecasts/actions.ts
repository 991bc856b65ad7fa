"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { changeEvent, createEvent, EventInput, withdrawEvent } from "#lib/forecasting/events.ts";
import { requestRefit } from "#lib/forecasting/refit-runs.ts";

/** Who may plan at all; for which teams is decided where events are stored. */
const PLANNERS = ["admin", "finance", "manager"] as const;

/** Adds an event, or changes the one whose id the form has. */
export async function saveEventAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole(...PLANNERS);
  const t = await getTranslations("Forecasts");
  const parsed = EventInput.safeParse({
    kind: textOf(form, "kind"),
    label: textOf(form, "label"),
    scope: textOf(form, "scope"),
    first_day: textOf(form, "first_day"),
    last_day: textOf(form, "last_day") || null,
    effect: effectOf(form),
  });
  if (!parsed.success) return { message: t("badEvent") };
  try {
    const now = new Date();
    const id = textOf(form, "id");
    if (id === "") await createEvent(context().sql, viewer, parsed.data, now);
    else await changeEvent(context().sql, viewer, id, parsed.data);
    await requestRefit(context().sql, viewer, now);
  } catch (error) {
    if (error instanceof AppError) return { message: await refusalWords(error) };
    throw error;
  }
  revalidatePath("/forecasts");
  return { done: t("added") };
}

export async function withdrawEventAction(id: string): Promise<void> {
  const viewer = await requireRole(...PLANNERS);
  const now = new Date();
  await withdrawEvent(context().sql, viewer, String(id), now);
  await requestRefit(context().sql, viewer, now);
  revalidatePath("/forecasts");
}

export async function refitAction(): Promise<void> {
  const viewer = await requireRole(...PLANNERS);
  await requestRefit(context().sql, viewer, new Date());
  revalidatePath("/forecasts");
}

function effectOf(form: FormData): unknown {
  if (textOf(form, "kind") === "exclude") return { kind: "exclude" };
  const value = textOf(form, "value").replace(/^\+/, "");
  switch (textOf(form, "effect")) {
    case "amount":
      return { kind: "amount", per_day: value };
    case "quiet":
      return { kind: "quiet" };
    default:
      return { kind: "factor", factor: value === "" ? Number.NaN : 1 + Number(value) / 100 };
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim().slice(0, 1_000) : "";
}
