"use server";

import { revalidatePath } from "next/cache";
import { context } from "#app/_server/context.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { revokeKey } from "#lib/access/keys.ts";

/** Ends a key at once. Revoking a revoked or unknown one changes nothing. */
export async function revokeKeyAction(id: string): Promise<void> {
  await requireRole("admin");
  await revokeKey(context().db, String(id), new Date());
  revalidatePath("/settings/keys");
}
