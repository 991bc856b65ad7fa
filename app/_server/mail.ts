import { createMailer, type Mailer } from "#lib/mail/mailer.ts";
import { context } from "./context.ts";

const holder = globalThis as typeof globalThis & { outlayMailer?: Mailer | null };

/** The way to send mail; null where the operator has set none up. */
export function mailer(): Mailer | null {
  if (holder.outlayMailer === undefined) holder.outlayMailer = createMailer(context().config.mail);
  return holder.outlayMailer;
}

/** The address of a one-time link. */
export function linkUrl(token: string): string {
  return `${context().config.publicUrl}/link?token=${token}`;
}
