import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AppError } from "#lib/errors.ts";
import type { Command } from "./command.ts";
import { parseCall } from "./parse-call.ts";

const NAMES = ["start", "key create"];
const COMMAND: Command = {
  usage: "key create --kind ingest|api",
  options: { kind: { type: "string" } },
  run: () => Promise.reject(new Error("not run by these tests")),
};

function read(args: readonly string[], command = COMMAND) {
  const call = parseCall(args, NAMES);
  assert.ok(call !== null);
  return { name: call.name, ...call.read(command) };
}

const isBadUse = (error: unknown) => error instanceof AppError && error.code === "invalid";

describe("parseCall", () => {
  test("finds names of one word and of two", () => {
    assert.deepEqual(read(["key", "create", "--kind", "api", "--json"]), {
      name: "key create",
      words: [],
      options: { kind: "api" },
      wantsHelp: false,
    });
    assert.equal(read(["start"]).name, "start");
  });

  test("gives the general help when no command is named", () => {
    for (const args of [[], ["help"], ["--help"], ["-h"]]) {
      assert.equal(parseCall(args, NAMES), null);
    }
  });

  test("refuses an unknown command, an unknown option and superfluous words", () => {
    assert.throws(() => parseCall(["key", "destroy"], NAMES), isBadUse);
    assert.throws(() => read(["start", "--froce"]), isBadUse);
    assert.throws(() => read(["start", "now"]), isBadUse);
  });

  // Whoever asks for help does not know yet what is missing.
  test("asks for no words when help is wanted", () => {
    assert.equal(read(["start", "--help"], { ...COMMAND, words: [1, 1] }).wantsHelp, true);
  });
});
