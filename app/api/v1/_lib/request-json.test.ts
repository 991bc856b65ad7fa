import assert from "node:assert/strict";
import { test } from "node:test";
import { GlCodesInput, MOST_GL_CODES_BYTES } from "#lib/close/gl-codes.ts";
import { requestJson } from "./request-json.ts";

const requestOf = (body: string) =>
  new Request("http://outlay.example/", {
    ...{ method: "PUT", body, headers: { "content-type": "application/json" } },
  });

test("a body is at most 64 KiB, unless its address takes more", async () => {
  const codes = Array.from({ length: 10_000 }, (_, n) => ({
    ...{ dimension: "team", value: `team-of-the-organisation-${n}`, code: `P-${100_000 + n}` },
  }));
  const body = JSON.stringify({ codes });
  await assert.rejects(requestJson(requestOf(body)), { code: "too_large" });
  const read = GlCodesInput.parse(await requestJson(requestOf(body), MOST_GL_CODES_BYTES));
  assert.equal(read.codes.length, 10_000);
});

test("no address takes a body without an end", async () => {
  const body = `"${"x".repeat(MOST_GL_CODES_BYTES)}"`;
  await assert.rejects(requestJson(requestOf(body), MOST_GL_CODES_BYTES), { code: "too_large" });
});
