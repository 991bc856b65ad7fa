import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { modelCall, NOON_MS, tokens, verdicts } from "#lib/testing/usage-events.ts";

const scope = (name: string) => ({ attributes: { "otel.scope.name": name } });
const SDK = { ...scope("anthropic"), responseIds: ["msg_1"] };
const CHAIN = scope("openinference.instrumentation.langchain");

describe("two instrumentations that tell of one call side by side", () => {
  test("are one call where the second does not know the response id", () => {
    assert.deepEqual(verdicts([modelCall("sdk", SDK), modelCall("chain", CHAIN)]), {
      sdk: "counts",
      chain: "same_call",
    });
  });

  test("each call is paired once: two equal calls stay two", () => {
    const found = verdicts([
      modelCall("sdk 1", SDK),
      modelCall("sdk 2", { ...SDK, responseIds: ["msg_2"], startedAtMs: NOON_MS + 500 }),
      modelCall("chain 1", CHAIN),
      modelCall("chain 2", { ...CHAIN, startedAtMs: NOON_MS + 500 }),
      modelCall("chain 3", { ...CHAIN, startedAtMs: NOON_MS + 900 }),
    ]);
    const counted = Object.entries(found).filter(([, verdict]) => verdict === "counts");
    assert.deepEqual(
      counted.map(([name]) => name),
      ["sdk 1", "sdk 2", "chain 3"],
    );
  });

  const others = {
    "of the same scope": scope("anthropic"),
    "of other tokens": { ...CHAIN, tokens: tokens(7, 7) },
    "of another model": { ...CHAIN, model: "claude-opus-5-5" },
    "of another time": { ...CHAIN, startedAtMs: NOON_MS + 60_000 },
    "with an id of its own": { ...CHAIN, responseIds: ["msg_9"] },
  };
  for (const [how, other] of Object.entries(others)) {
    test(`a call ${how} is another call`, () => {
      assert.deepEqual(verdicts([modelCall("sdk", SDK), modelCall("other", other)]), {
        sdk: "counts",
        other: "counts",
      });
    });
  }
});
