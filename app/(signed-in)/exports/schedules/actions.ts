"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { attempt } from "#app/_server/attempt.ts";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues } from "#app/_server/form-state.ts";
import { requireFreshRole, requireRole } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { askRun } from "#lib/export-schedules/ask-run.ts";
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
} from "#lib/export-schedules/change-schedule.ts";
import { afterFirstTry } from "#lib/export-schedules/run-log.ts";
import { NewSchedule } from "#lib/export-schedules/schedule-input.ts";

/** What a button is told after it was pressed. */
export type ScheduleNews = { readonly tone: "info" | "danger"; readonly text: string };

const PATIENCE_MS = 8_000;

export async function createScheduleAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireFreshRole("admin", "finance");
  const { secret_access_key: _secret, ...values } = formValues(form);
  const parsed = NewSchedule.safeParse(inputOf(formValues(form)));
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => [String(path.at(-1)), message]);
    const t = await getTranslations("Schedules");
    return { values, errors: Object.fromEntries(errors), message: t("badInput") };
  }
  const { sql, config: settings } = context();
  let id = "";
  const state = await attempt(values, async () => {
    const made = await createSchedule(sql, viewer, parsed.data, { settings, now: new Date() });
    id = made.id;
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

function inputOf(values: Readonly<Record<string, string>>) {
  const { kind, ...rest } = values;
  const destinations: Readonly<Record<string, object>> = {
    directory: { kind, path: rest.path },
    s3: { kind, ...picked(rest, ["endpoint", "region", "bucket", "prefix"]) },
    webhook: { kind, webhook_id: rest.webhook_id },
  };
  const [cadence, day] = (rest.when ?? "").split("-");
  return {
    ...{ name: rest.name, cadence, day: Number(day), hour: Number(rest.hour) },
    request: { export: rest.export, format: rest.format },
    destination: destinations[kind ?? ""],
    ...(kind === "s3" ? { keys: picked(rest, ["access_key_id", "secret_access_key"]) } : {}),
  };
}

function picked(values: Readonly<Record<string, string>>, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? ""]));
}

async function told(work: () => Promise<ScheduleNews>): Promise<ScheduleNews> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { tone: "danger", text: error.message };
    throw error;
  }
}
