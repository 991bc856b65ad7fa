"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { type FormState, formValues, wrongFields } from "#app/_server/form-state.ts";
import { linkUrl, mailer } from "#app/_server/mail.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireFreshRole, requireRole } from "#app/_server/viewer.ts";
import {
  createInvitation,
  createReset,
  NewInvitation,
  withdrawInvitation,
} from "#lib/auth/one-time-links.ts";
import { AppError } from "#lib/errors.ts";
import { createLog } from "#lib/log.ts";

const log = createLog("web");

export type LinkState = FormState & {
  /** Shown once, where it is not mailed. */
  readonly link?: { readonly of: string; readonly url: string };
};

/** Invites somebody: by mail where it is set up, else by a link to hand over. */
export async function inviteAction(_previous: LinkState, form: FormData): Promise<LinkState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("People");
  const values = formValues(form);
  const chosen = form.getAll("teams").map(String);
  const teams = (await currentTeams())
    .map(({ slug }) => slug)
    .filter((slug) => chosen.includes(slug));
  const parsed = NewInvitation.safeParse({ email: values.email, role: values.role, teams });
  if (!parsed.success) {
    const wrong = wrongFields(parsed.error.issues);
    return { values, errors: Object.fromEntries(wrong.map((name) => [name, t(`errors.${name}`)])) };
  }
  const { email } = parsed.data;
  try {
    const url = linkUrl(await createInvitation(context().db, viewer, parsed.data, new Date()));
    revalidatePath("/settings/people");
    return handOver(url, {
      ...{ email, subject: t("inviteSubject"), text: t("inviteLetter", { by: viewer.label, url }) },
      sent: t("inviteSent", { email }),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { values, errors: { email: t("errors.taken") } };
  }
}

/** Ends an invitation that nobody has used. */
export async function withdrawInvitationAction(id: string): Promise<void> {
  const viewer = await requireRole("admin");
  await withdrawInvitation(context().db, viewer, String(id), new Date());
  revalidatePath("/settings/people");
}

/** Makes a link by which a person chooses a new password. */
export async function resetLinkAction(_previous: LinkState, form: FormData): Promise<LinkState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("People");
  const { id = "", email = "" } = formValues(form);
  const url = linkUrl(await createReset(context().db, viewer, id, new Date()));
  return handOver(url, {
    ...{ email, subject: t("resetSubject"), text: t("resetLetter", { by: viewer.label, url }) },
    sent: t("resetSent", { email }),
  });
}

async function handOver(
  url: string,
  letter: {
    readonly email: string;
    readonly subject: string;
    readonly text: string;
    readonly sent: string;
  },
): Promise<LinkState> {
  const { email, subject, text, sent } = letter;
  const mail = mailer();
  if (mail === null) return { link: { of: email, url } };
  try {
    await mail.send({ to: email, subject, text });
    return { done: sent };
  } catch (error) {
    log.warn("a letter could not be sent", { error: error as Error });
    const t = await getTranslations("People");
    return { message: t("mailFailed"), link: { of: email, url } };
  }
}
