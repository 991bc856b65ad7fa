"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { confirmSession } from "#lib/auth/confirm-session.ts";
import { localPath } from "../sign-in/local-path.ts";

/** Makes the session fresh again by its owner's password, and goes back to where it was asked for. */
export async function confirmSessionAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const viewer = await requireViewer();
  const t = await getTranslations("Confirm");
  const { auth, db } = context();
  const query = { disableRefresh: true };
  const session = await auth.api.getSession({ headers: await headers(), query });
  const outcome = await confirmSession(db, viewer, {
    sessionId: session?.session.id ?? "",
    password: String(form.get("password")).slice(0, 1_000),
    now: new Date(),
  });
  if (outcome === "too_many") return { message: t("tooMany") };
  if (outcome === "wrong") return { errors: { password: t("wrong") } };
  redirect(localPath(String(form.get("next"))));
}
