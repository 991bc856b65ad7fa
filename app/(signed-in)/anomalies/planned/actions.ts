"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import {
  addPlannedEvent,
  PlannedEventInput,
  removePlannedEvent,
} from "#lib/anomaly-control/planned-events.ts";
import { AppError } from "#lib/errors.ts";
import { parseDay, startOfDay } from "#lib/time/civil-day.ts";

/** Who may plan at all; for which scopes is decided where events are stored. */
const PLANNERS = ["admin", "finance", "manager"] as const;
const Days = z.object({
  first_day: z.iso.date().transform(parseDay),
  last_day: z.iso.date().transform(parseDay),
});

export async function planEventAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole(...PLANNERS);
  const [t, { timeZone }] = [await getTranslations("PlannedEvents"), await currentOrganization()];
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const days = Days.safeParse({ first_day: text("first_day"), last_day: text("last_day") });
  if (!days.success) return { message: t("bad") };
  const instant = (day: number) => new Date(startOfDay(day, timeZone)).toISOString();
  const factor = text("factor");
  const parsed = PlannedEventInput.safeParse({
    label: text("label"),
    scope: {
      team: text("team") || undefined,
      agent: text("agent") || undefined,
      model: text("model") || undefined,
    },
    starts_at: instant(days.data.first_day),
    ends_at: instant(days.data.last_day + 1),
    factor: factor === "" ? null : Number(factor),
  });
  if (!parsed.success) return { message: t("bad") };
  try {
    await addPlannedEvent(context().sql, viewer, parsed.data, new Date());
  } catch (error) {
    if (error instanceof AppError) return { message: await refusalWords(error) };
    throw error;
  }
  revalidatePath("/anomalies", "layout");
  return { done: t("added") };
}

export async function removePlannedAction(id: string): Promise<void> {
  const viewer = await requireRole(...PLANNERS);
  await removePlannedEvent(context().sql, viewer, String(id));
  revalidatePath("/anomalies", "layout");
}
