"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { listViews } from "#lib/views/read-views.ts";
import { changeView, removeView, saveView, setDefaultView } from "#lib/views/store-views.ts";
import { NewViewInput, ViewPatch } from "#lib/views/view-input.ts";

/** What became of it: done, or why not. */
export type ViewResult = "done" | "name" | "taken" | "full" | "gone";

const Id = z.string().max(100);

/** Keeps a question under a name; `replace` gives a view that has the name this question instead. */
export async function saveViewAction(input: unknown, replace: boolean): Promise<ViewResult> {
  const viewer = await requireViewer();
  const parsed = NewViewInput.safeParse(input);
  if (!parsed.success) return "name";
  const { sql } = context();
  const { name, query, isShared } = parsed.data;
  return attempt(async () => {
    const views = replace === true ? await listViews(sql, viewer) : [];
    const former = views.find((view) => view.isOwn && view.name === name);
    if (former === undefined) await saveView(sql, viewer, parsed.data, new Date());
    else await changeView(sql, viewer, former.id, { query, isShared }, new Date());
  });
}

/** Renames, shares or takes back a view. */
export async function changeViewAction(id: string, patch: unknown): Promise<ViewResult> {
  const viewer = await requireViewer();
  const parsed = ViewPatch.safeParse(patch);
  if (!parsed.success) return "name";
  return attempt(() => changeView(context().sql, viewer, Id.parse(id), parsed.data, new Date()));
}

export async function removeViewAction(id: string): Promise<ViewResult> {
  const viewer = await requireViewer();
  return attempt(() => removeView(context().sql, viewer, Id.parse(id)));
}

/** Explore opens with it from now on; null: with nothing special. */
export async function chooseDefaultViewAction(id: string | null): Promise<ViewResult> {
  const viewer = await requireViewer();
  return attempt(() => setDefaultView(context().sql, viewer, Id.nullable().parse(id)));
}

/** The frame around the page leads to the default view, so it is made anew as well. */
async function attempt(work: () => Promise<unknown>): Promise<ViewResult> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "conflict") return "taken";
    if (error.code === "too_large") return "full";
    if (error.code === "not_found") return "gone";
    throw error;
  }
  revalidatePath("/", "layout");
  return "done";
}
