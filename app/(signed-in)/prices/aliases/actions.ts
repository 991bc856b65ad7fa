"use server";

import { revalidatePath } from "next/cache";
import { context } from "#app/_server/context.ts";
import { AppError } from "#lib/errors.ts";
import { endModelAlias } from "#lib/price-book/record-prices.ts";
import { requirePriceEditor } from "../require-price-editor.ts";

/** Ends an alias now, or stops believing it. What is gone already changes nothing. */
export async function endAliasAction(id: string, how: "end" | "withdraw"): Promise<void> {
  const viewer = await requirePriceEditor();
  if (!/^[0-9a-f-]{36}$/.test(String(id))) return;
  const { sql } = context();
  const now = new Date();
  if (how === "withdraw") await endModelAlias(sql, id, null, viewer);
  else {
    await endModelAlias(sql, id, now, viewer).catch(async (error: unknown) => {
      // One that has not begun ends by being taken back.
      if (!(error instanceof AppError)) throw error;
      await endModelAlias(sql, id, null, viewer);
    });
  }
  revalidatePath("/", "layout");
}
