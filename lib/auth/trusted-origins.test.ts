import assert from "node:assert/strict";
import { test } from "node:test";
import { trustedOrigins } from "./trusted-origins.ts";

test("trusts the public URL's origin, and all names of the loopback where it is one", () => {
  assert.deepEqual(trustedOrigins("https://outlay.example/"), ["https://outlay.example"]);
  assert.deepEqual(trustedOrigins("http://127.0.0.1:3000"), [
    "http://127.0.0.1:3000",
    "http://localhost:3000",
    "http://[::1]:3000",
  ]);
  assert.deepEqual(trustedOrigins("http://localhost.evil.example:3000"), [
    "http://localhost.evil.example:3000",
  ]);
});
