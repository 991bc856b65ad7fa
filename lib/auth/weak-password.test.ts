import assert from "node:assert/strict";
import { test } from "node:test";
import { isWeakPassword } from "./weak-password.ts";

test("what anybody would try first is weak, however it is trimmed", () => {
  for (const password of [
    "password",
    "Password1!",
    "p@ssw0rd",
    "P4$$w0rd123",
    "qwertyuiop",
    "1qaz2wsx",
    "12345678",
    "2024-11-22",
    "aaaaaaaa",
    "abcabcabc",
    "iloveyou2",
    "Summer2026!",
    "welcome_admin",
    "87654321",
    "abcdefgh",
  ]) {
    assert.equal(isWeakPassword(password), true, password);
  }
});

test("the own name with trimmings is weak", () => {
  const own = ["ana.silva@acme.example", "Ana Silva"];
  assert.equal(isWeakPassword("silva123", own), true);
  assert.equal(isWeakPassword("silva rides a red bicycle", own), false);
});

test("what is long and odd enough is not", () => {
  for (const password of [
    "correct-horse-9",
    "a long password",
    "long enough!",
    "correct horse battery",
    "tr0ub4dor&3x",
    "密碼要夠長才安全",
    "k7#mVq2pL0",
  ]) {
    assert.equal(isWeakPassword(password), false, password);
  }
});
