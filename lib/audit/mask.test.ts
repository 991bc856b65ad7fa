import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { maskSecrets } from "./mask.ts";

test("what is named as a secret is masked, what only sounds like one is not", () => {
  const kept = { max_tokens: 5, input_tokens: 6, tokens: "7", secretary: "Ana", keyId: "k" };
  assert.deepEqual(maskSecrets(kept), kept);
  for (const name of ["secret", "clientSecret", "client_secret", "password", "accessToken"]) {
    assert.deepEqual(maskSecrets({ [name]: "x" }), { [name]: "***" }, name);
  }
  assert.deepEqual(maskSecrets({ deep: [{ backupCodes: ["1", "2"] }] }), {
    deep: [{ backupCodes: "***" }],
  });
  assert.deepEqual(maskSecrets({ secret: null }), { secret: null });
});

test("a secret under an innocent name is masked by its look", () => {
  assert.equal(maskSecrets("a outlay_ak_ab12_XyZ-9 b"), "a *** b");
  assert.equal(maskSecrets("whsec_AbC+/="), "***");
  assert.equal(maskSecrets("$argon2id$v=19$m=19456$abc$def"), "***");
  assert.equal(
    maskSecrets("https://ana:hunter2@hooks.example/x"),
    "https://ana:***@hooks.example/x",
  );
});

test("whatever comes, the result is JSON that Postgres stores, of bounded size", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(maskSecrets(value as never)) ?? "null";
      assert.ok(!text.includes("\\u0000"));
      JSON.parse(text);
    }),
  );
  assert.ok(JSON.stringify(maskSecrets("x".repeat(1_000_000))).length < 3_000);
});
