import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLog, type LogFields } from "./log.ts";

function logged(message: string, fields: LogFields = {}): string {
  let written = "";
  const log = createLog(
    "collector",
    (line) => {
      written += line;
    },
    () => new Date("2026-11-22T16:00:07.012Z"),
  );
  log.info(message, fields);
  return written;
}

describe("createLog", () => {
  test("writes an event as one line with its fields", () => {
    assert.equal(
      logged("stored", { events: 12, path: "/v1/traces", skipped: undefined }),
      "2026-11-22T16:00:07.012Z info collector stored events=12 path=/v1/traces\n",
    );
  });

  // A span's name is the sender's text.
  test("keeps text from outside from forging a line", () => {
    const line = logged("got\n2026 error web hacked", { name: 'a"\nb' });
    assert.equal(line.split("\n").length, 2);
    assert.match(line, /name="a\\"\\nb"/);
  });

  test("prints an error with its causes, without the values that hang on it", () => {
    const cause = Object.assign(new Error("duplicate key"), { detail: "secret value" });
    const line = logged("failed", { error: new Error("could not store", { cause }) });
    assert.match(line, /could not store.*Caused by: Error: duplicate key/);
    assert.doesNotMatch(line, /secret value/);
  });
});
