"use server";

import { revalidatePath } from "next/cache";
import { context } from "#app/_server/context.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { AnomalyPatch, changeAnomaly } from "#lib/anomaly-control/change-anomaly.ts";
import { AppError } from "#lib/errors.ts";

/** What went wrong, in words; nothing when it is done. */
export type ChangeResult = { readonly mistake?: string };

/** Moves an anomaly on, or says what somebody thinks of it. */
export async function changeAnomalyAction(id: string, patch: unknown): Promise<ChangeResult> {
  const viewer = await requireRole("admin", "finance", "manager");
  const parsed = AnomalyPatch.safeParse(patch);
  if (!parsed.success) return { mistake: parsed.error.issues[0]?.message ?? "" };
  const { sql, config } = context();
  try {
    await changeAnomaly(sql, viewer, String(id), parsed.data, {
      now: new Date(),
      publicUrl: config.publicUrl,
    });
  } catch (error) {
    if (error instanceof AppError) return { mistake: await refusalWords(error) };
    throw error;
  }
  revalidatePath("/anomalies", "layout");
  return {};
}
