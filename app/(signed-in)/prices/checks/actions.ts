"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { recordRecheck } from "#lib/price-book/recheck.ts";
import { readPrices } from "../read-prices.ts";
import { requirePriceEditor } from "../require-price-editor.ts";

const Look = z.object({
  ids: z.string().max(200_000),
  url: z.url({ protocol: /^https?$/ }).max(1_000),
  quote: z.string().trim().min(1).max(2_000),
});

/** Records that somebody looked at prices and found them unchanged. */
export async function recheckAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requirePriceEditor();
  const t = await getTranslations("PriceChecks");
  const look = Look.safeParse(Object.fromEntries(form));
  if (!look.success) return { message: t("needsSource") };
  const { ids, url, quote } = look.data;
  const asked = new Set(ids.split(" "));
  const known = (await readPrices(viewer)).filter(({ id }) => asked.has(id)).map(({ id }) => id);
  const day = new Date().toISOString().slice(0, 10);
  await recordRecheck(context().sql, known, { day, url, quote }, viewer);
  revalidatePath("/prices", "layout");
  return { done: t("done", { count: known.length }) };
}
