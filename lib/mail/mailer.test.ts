import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { SMTPServer } from "smtp-server";
import { createMailer } from "./mailer.ts";

const received: string[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _session, callback) =>
    username === "ops@acme" && password === "p/w"
      ? callback(null, { user: username })
      : callback(new Error("535 wrong password")),
  onData: async (stream, _session, callback) => {
    const parts = await stream.toArray();
    received.push(Buffer.concat(parts).toString("utf8"));
    callback();
  },
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => new Promise<void>((resolve) => server.close(() => resolve())));
const { port } = server.server.address() as AddressInfo;
const from = "Outlay <outlay@acme.example>";

test("without a server there is no mailer", () => {
  assert.equal(createMailer(null), null);
});

test("a letter arrives with its words, and its subject starts no header", async () => {
  const mailer = createMailer({ smtpUrl: `smtp://ops%40acme:p%2Fw@127.0.0.1:${port}`, from });
  await mailer?.send({
    to: "ana@acme.example",
    subject: "Budget\r\nBcc: eve@evil.example",
    text: "It is spent.",
    messageId: "evt_1@outlay",
  });
  const letter = received.at(-1) ?? "";
  assert.match(letter, /^From: Outlay <outlay@acme\.example>/m);
  assert.match(letter, /^Subject: Budget Bcc: eve@evil\.example/m);
  assert.match(letter, /^Message-ID: <evt_1@outlay>/im);
  assert.match(letter, /It is spent\./);
  assert.doesNotMatch(letter, /^Bcc:/m);
});

test("a letter that the server refuses is not taken for sent", async () => {
  const mailer = createMailer({ smtpUrl: `smtp://ops%40acme:wrong@127.0.0.1:${port}`, from });
  const sending = mailer?.send({ to: "ana@acme.example", subject: "x", text: "y" });
  await assert.rejects(async () => sending, /wrong password/);
});
