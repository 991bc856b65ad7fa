import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type MailServer = {
  /** For OUTLAY_SMTP_URL, with the one name and password that it takes. */
  readonly url: string;
  /** What has arrived, as it came over the wire. */
  readonly letters: string[];
  readonly close: () => Promise<void>;
};

/** A mail server on loopback. */
export async function startMailServer(): Promise<MailServer> {
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) =>
      username === "ops@acme" && password === "p/w"
        ? callback(null, { user: username })
        : callback(new Error("535 wrong password")),
    onData: async (stream, _session, callback) => {
      letters.push(Buffer.concat(await stream.toArray()).toString("utf8"));
      callback();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://ops%40acme:p%2Fw@127.0.0.1:${port}`,
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Subject and text of a letter, whatever they were encoded in. */
export function readLetter(letter: string): { readonly subject: string; readonly text: string } {
  const [head = "", ...rest] = letter.split("\r\n\r\n");
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, " ");
  const subject = /^Subject: (.*)$/m.exec(unfolded)?.[1] ?? "";
  const body = rest.join("\r\n\r\n");
  const encoding = /^Content-Transfer-Encoding: (\S+)$/im.exec(unfolded)?.[1]?.toLowerCase();
  return {
    subject: subject
      .replaceAll(/\?= =\?/g, "?==?")
      .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
        kind.toUpperCase() === "B"
          ? Buffer.from(text, "base64").toString("utf8")
          : unquoted(text.replaceAll("_", " ")),
      ),
    text:
      encoding === "base64"
        ? Buffer.from(body, "base64").toString("utf8")
        : encoding === "quoted-printable"
          ? unquoted(body.replaceAll("=\r\n", ""))
          : body,
  };
}

function unquoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
