"use server";

import { redirect } from "next/navigation";
import type { ApplyState } from "#app/_history/apply-form.tsx";
import { historyChoiceOf, readHistoryQuery } from "#app/_history/history-query.ts";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { because } from "#lib/refusals/reason.ts";
import { previewRepricing } from "#lib/repricing/preview.ts";

/** Has a past period re-priced, and shows how that goes. */
export async function applyRepricingAction(_: ApplyState, form: FormData): Promise<ApplyState> {
  const viewer = await requireRole("admin", "finance");
  if (viewer.teams !== "all") throw new AppError(because("all_teams"), { code: "forbidden" });
  const { sql } = context();
  const [{ timeZone }, now] = [await currentOrganization(), new Date()];
  let id: bigint;
  try {
    const { filter, period } = historyChoiceOf(
      readHistoryQuery(form, timeZone, now),
      timeZone,
      now,
    );
    const { total } = await previewRepricing(sql, filter, period);
    const request = { kind: "reprice", period, filter, expected: total, timeZone } as const;
    id = await requestRun(sql, request, viewer, now);
  } catch (error) {
    if (error instanceof AppError) return { mistake: await refusalWords(error) };
    throw error;
  }
  redirect(`/repricing/${id}`);
}
