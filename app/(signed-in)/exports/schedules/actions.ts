"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireFreshRole, requireRole } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { askRun } from "#lib/export-schedules/ask-run.ts";
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
} from "#lib/export-schedules/change-schedule.ts";
import { afterFirstTry } from "#lib/export-schedules/run-log.ts";
import { NewSchedule, ScheduleChange } from "#lib/export-schedules/schedule-input.ts";
import type { Schedule } from "#lib/export-schedules/schedule-rows.ts";
import { scheduleInput } from "./form-input.ts";

/** What a button is told after it was pressed. */
export type ScheduleNews = { readonly tone: "info" | "danger"; readonly text: string };

const PATIENCE_MS = 8_000;

export async function createScheduleAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireFreshRole("admin", "finance");
  return await kept(form, NewSchedule, (input) =>
    createSchedule(context().sql, viewer, input, inOffice()),
  );
}

export async function changeScheduleAction(
  id: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const viewer = await requireFreshRole("admin", "finance");
  return await kept(form, ScheduleChange, (change) =>
    changeSchedule(context().sql, viewer, String(id), { change, ...inOffice() }),
  );
}

const inOffice = () => ({ settings: context().config, now: new Date() });

/** Does what the form says and goes to the schedule, or tells what is wrong with it. */
async function kept<Input>(
  form: FormData,
  schema: z.ZodType<Input>,
  work: (input: Input) => Promise<Schedule>,
): Promise<FormState> {
  const { secret_access_key: _secret, ...values } = formValues(form);
  const parsed = schema.safeParse(scheduleInput(formValues(form)));
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => [String(path.at(-1)), message]);
    const t = await getTranslations("Schedules");
    return { values, errors: Object.fromEntries(errors), message: t("badInput") };
  }
  let id = "";
  const state = await attempt(values, async () => {
    id = (await work(parsed.data)).id;
    return {};
  });
  if (id === "") return state;
  revalidatePath("/exports/schedules");
  redirect(`/exports/schedules/${id}`);
}

/** Asks for a file or a test, and waits a moment for what comes of it. */
export async function runScheduleAction(id: string, kind: "asked" | "test"): Promise<ScheduleNews> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("Schedules");
  const { sql } = context();
  return await told(async () => {
    const asked = {
      id: String(id),
      kind: kind === "test" ? kind : "asked",
      now: new Date(),
    } as const;
    const run = await afterFirstTry(sql, viewer, await askRun(sql, viewer, asked), PATIENCE_MS);
    revalidatePath(`/exports/schedules/${id}`);
    if (run?.lastError) return { tone: "danger", text: t("failedNow", { reason: run.lastError }) };
    if (run?.status !== "delivered") return { tone: "info", text: t("waits") };
    return { tone: "info", text: t(kind === "test" ? "testArrived" : "arrived") };
  });
}

export async function switchScheduleAction(id: string, enabled: boolean): Promise<ScheduleNews> {
  const viewer = await requireFreshRole("admin", "finance");
  const isOn = enabled === true;
  const t = await getTranslations("Schedules");
  const { sql, config: settings } = context();
  return await told(async () => {
    const change = { enabled: isOn };
    await changeSchedule(sql, viewer, String(id), { change, settings, now: new Date() });
    revalidatePath(`/exports/schedules/${id}`);
    return { tone: "info", text: t(isOn ? "goesOn" : "isPaused") };
  });
}

export async function deleteScheduleAction(id: string): Promise<void> {
  const viewer = await requireRole("admin", "finance");
  await deleteSchedule(context().sql, viewer, String(id));
  revalidatePath("/exports/schedules");
  redirect("/exports/schedules");
}

async function told(work: () => Promise<ScheduleNews>): Promise<ScheduleNews> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { tone: "danger", text: await refusalWords(error) };
    throw error;
  }
}
