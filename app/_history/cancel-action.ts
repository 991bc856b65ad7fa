"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { cancelRun } from "#lib/history-runs/cancel-run.ts";
import { because } from "#lib/refusals/reason.ts";
import type { ApplyState } from "./apply-form.tsx";

const Asked = z.object({
  run: z.string().regex(/^\d{1,18}$/),
  kind: z.enum(["reprice", "reallocate"]),
});

/** Ends a run through history that waits or goes on. */
export async function cancelRunAction(_: ApplyState, form: FormData): Promise<ApplyState> {
  const viewer = await requireRole("admin", "finance");
  if (viewer.teams !== "all") throw new AppError(because("all_teams"), { code: "forbidden" });
  const asked = Asked.safeParse(Object.fromEntries(form));
  if (!asked.success) return { mistake: "There is no such run" };
  const { run, kind } = asked.data;
  try {
    await cancelRun(context().sql, kind, BigInt(run), viewer, new Date());
  } catch (error) {
    if (error instanceof AppError) return { mistake: await refusalWords(error) };
    throw error;
  }
  revalidatePath("/", "layout");
  return {};
}
