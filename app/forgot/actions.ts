"use server";

import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { linkUrl, mailer } from "#app/_server/mail.ts";
import { requestOrigin } from "#app/_server/request-origin.ts";
import { findActivePerson } from "#lib/auth/manage-users.ts";
import { createReset } from "#lib/auth/one-time-links.ts";
import { takeResetMail } from "#lib/auth/sign-in-limit.ts";
import { createLog } from "#lib/log.ts";

const log = createLog("web");

/**
 * Mails a link to choose a new password. Whether there is such a person is not
 * told: neither by the answer nor by the time it takes, since nobody waits for
 * the mail.
 */
export async function sendResetAction(_previous: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations("Forgot");
  const mail = mailer();
  const email = z
    .email()
    .max(254)
    .safeParse(String(form.get("email")).trim().toLowerCase());
  if (mail === null || !email.success) return { message: t("badInput") };
  const origin = requestOrigin(await headers());
  const { db } = context();
  if (await takeResetMail(db, { email: email.data, address: origin.ip }, new Date())) {
    const [subject, words] = [t("subject"), (url: string) => t("letter", { url })];
    void sendReset(email.data, async (userId) => {
      const actor = { kind: "nobody", id: userId, label: email.data, origin } as const;
      const url = linkUrl(await createReset(db, actor, userId, new Date()));
      await mail.send({ to: email.data, subject, text: words(url) });
    });
  }
  return { done: t("sent") };
}

async function sendReset(email: string, send: (userId: string) => Promise<void>): Promise<void> {
  try {
    const id = await findActivePerson(context().db, email);
    if (id !== null) await send(id);
  } catch (error) {
    log.error("a reset link could not be mailed", { error: error as Error });
  }
}
