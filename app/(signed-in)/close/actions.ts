"use server";

import { revalidatePath } from "next/cache";
import { context } from "#app/_server/context.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { bookLateChanges } from "#lib/close/book-late-changes.ts";
import { closeMonth, reopenMonth } from "#lib/close/close-month.ts";
import { AppError } from "#lib/errors.ts";

export type CloseState = { readonly mistake?: string; readonly booked?: number };

/** Closes a month. */
export async function closeMonthAction(_: CloseState, form: FormData): Promise<CloseState> {
  const viewer = await requireRole("admin", "finance");
  return attempt(async () => {
    await closeMonth(context().sql, viewer, textOf(form, "month"), new Date());
    return {};
  });
}

/** Opens a closed month again, for the reason that is given. */
export async function reopenMonthAction(_: CloseState, form: FormData): Promise<CloseState> {
  const viewer = await requireRole("admin", "finance");
  const told = { month: textOf(form, "month"), reason: textOf(form, "reason") };
  return attempt(async () => {
    await reopenMonth(context().sql, viewer, told, new Date());
    return {};
  });
}

/** Books what came late to closed months. */
export async function bookLateAction(): Promise<CloseState> {
  const viewer = await requireRole("admin", "finance");
  return attempt(async () => ({
    booked: await bookLateChanges(context().sql, viewer, new Date()),
  }));
}

async function attempt(work: () => Promise<CloseState>): Promise<CloseState> {
  try {
    const state = await work();
    revalidatePath("/", "layout");
    return state;
  } catch (error) {
    if (error instanceof AppError) return { mistake: await refusalWords(error) };
    throw error;
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.slice(0, 500) : "";
}
