import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startMailServer } from "#lib/testing/mail-server.ts";
import { createMailer } from "./mailer.ts";

const { url, letters, close } = await startMailServer();
after(close);
const from = "Outlay <outlay@acme.example>";

test("without a server there is no mailer", () => {
  assert.equal(createMailer(null), null);
});

test("a letter arrives with its words, and its subject starts no header", async () => {
  const mailer = createMailer({ smtpUrl: url, from });
  await mailer?.send({
    to: "ana@acme.example",
    subject: "Budget\r\nBcc: eve@evil.example",
    text: "It is spent.",
    messageId: "evt_1@outlay",
  });
  const letter = letters.at(-1) ?? "";
  assert.match(letter, /^From: Outlay <outlay@acme\.example>/m);
  assert.match(letter, /^Subject: Budget Bcc: eve@evil\.example/m);
  assert.match(letter, /^Message-ID: <evt_1@outlay>/im);
  assert.match(letter, /It is spent\./);
  assert.doesNotMatch(letter, /^Bcc:/m);
});

test("a letter that the server refuses is not taken for sent", async () => {
  const mailer = createMailer({ smtpUrl: url.replace("p%2Fw", "wrong"), from });
  const sending = mailer?.send({ to: "ana@acme.example", subject: "x", text: "y" });
  await assert.rejects(async () => sending, /wrong password/);
});
