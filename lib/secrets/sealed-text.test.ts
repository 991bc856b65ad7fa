import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openText, sealText } from "./sealed-text.ts";

const SECRET = "a secret of the installation";

test("opens what it sealed, and never seals twice alike", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const sealed = sealText(text, SECRET, "webhook_secret");
      assert.equal(openText(sealed, SECRET, "webhook_secret"), text);
      assert.notDeepEqual(sealText(text, SECRET, "webhook_secret"), sealed);
    }),
  );
});

test("opens with no other secret, for no other purpose, and nothing that was touched", () => {
  const sealed = sealText("whsec_", SECRET, "webhook_secret");
  assert.throws(() => openText(sealed, `${SECRET}.`, "webhook_secret"), /OUTLAY_SECRET/);
  assert.throws(() => openText(sealed, SECRET, "chat_url"), /OUTLAY_SECRET/);
  for (let at = 0; at < sealed.length; at += 1) {
    const touched = Buffer.from(sealed);
    touched[at] = (touched[at] ?? 0) ^ 1;
    assert.throws(() => openText(touched, SECRET, "webhook_secret"));
  }
  assert.throws(() => openText(sealed.subarray(0, 20), SECRET, "webhook_secret"), /damaged/);
});
