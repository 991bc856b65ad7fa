import assert from "node:assert/strict";
import { test } from "node:test";
import { readAttributes } from "./read-attributes.ts";

test("reads a JSON object, nested ones by dotted names", () => {
  assert.deepEqual(readAttributes('{"service":"chat","team":{"id":7},"tags":["a"],"x":null}'), {
    service: "chat",
    "team.id": "7",
  });
});

test("reads lines of either form", () => {
  assert.deepEqual(readAttributes('service=chat\n\nteam.id: payments\r\n "user": "ana@acme",'), {
    service: "chat",
    "team.id": "payments",
    user: "ana@acme",
  });
});

test("what is neither is not guessed at", () => {
  for (const text of ["", "hello", "{broken", "service=chat\nhello there"]) {
    assert.equal(readAttributes(text), null, text);
  }
});
