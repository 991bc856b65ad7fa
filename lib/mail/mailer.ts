import { createTransport } from "nodemailer";
import type { MailSettings } from "#lib/config.ts";

/** A letter in plain text. */
export type Mail = {
  readonly to: string | readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same letter again carries the same id, by which mailboxes tell. */
  readonly messageId?: string;
};

export type Mailer = {
  /** Fulfils when the server has taken the letter over; rejects with its words. */
  readonly send: (mail: Mail) => Promise<void>;
};

const TIMEOUT_MS = 10_000;

/**
 * Sends mail through the operator's SMTP server; null where none is set up.
 * A password is never sent over a connection that could be read on its way.
 */
export function createMailer(settings: MailSettings | null): Mailer | null {
  if (settings === null) return null;
  const url = new URL(settings.smtpUrl);
  const isSecure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const auth =
    url.username === ""
      ? {}
      : {
          auth: {
            user: decodeURIComponent(url.username),
            pass: decodeURIComponent(url.password),
          },
        };
  const transport = createTransport({
    host,
    port: url.port === "" ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && url.username !== "" && !isLoopback(host),
    ...auth,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, text, messageId }) => {
      await transport.sendMail({
        from: settings.from,
        to: [...(typeof to === "string" ? [to] : to)],
        // A line break would start a header of its own.
        subject: subject.replace(/[\r\n]+/g, " "),
        text,
        ...(messageId === undefined ? {} : { messageId: `<${messageId}>` }),
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
