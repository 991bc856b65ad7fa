"use server";

import { redirect } from "next/navigation";
import type { ApplyState } from "#app/_history/apply-form.tsx";
import { historyChoiceOf, readHistoryQuery } from "#app/_history/history-query.ts";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import type { HistoryRunMode } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";

/** Has what would move gone through, and shows how that goes. */
export async function previewReallocationAction(
  _: ApplyState,
  form: FormData,
): Promise<ApplyState> {
  return ask(await requireRole("admin", "finance"), form, "preview");
}

/** Has past events given to whom today's rules give them, and shows how that goes. */
export async function applyReallocationAction(_: ApplyState, form: FormData): Promise<ApplyState> {
  return ask(await requireRole("admin", "finance"), form, "apply");
}

async function ask(viewer: Viewer, form: FormData, mode: HistoryRunMode): Promise<ApplyState> {
  if (viewer.teams !== "all") throw new AppError("This needs all teams", { code: "forbidden" });
  const { sql } = context();
  const [{ timeZone }, now] = [await currentOrganization(), new Date()];
  let id: bigint;
  try {
    const choice = historyChoiceOf(readHistoryQuery(form, timeZone, now), timeZone, now);
    const request = { kind: "reallocate", mode, ...choice, expected: null, timeZone } as const;
    id = await requestRun(sql, request, viewer, now);
  } catch (error) {
    if (error instanceof AppError) return { mistake: await refusalWords(error) };
    throw error;
  }
  redirect(`/settings/rules/reapply/${id}`);
}
