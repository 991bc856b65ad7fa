import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { normaliseSpans } from "./dialects/normalise.ts";
import { aSpan } from "./dialects/testing-items.ts";

const TOOL = {
  "gen_ai.operation.name": "execute_tool",
  "gen_ai.tool.name": "grep",
  "gen_ai.tool.call.arguments": '{"pattern":"secret plan"}',
  "team.id": "payments",
  authorization: "Bearer sk-1",
};

function attributesOf(policy: Parameters<typeof normaliseSpans>[1], attributes: typeof TOOL) {
  const [event] = normaliseSpans([aSpan({}, attributes)], policy).events;
  assert.ok(event !== undefined);
  return event.attributes;
}

describe("content policy", () => {
  test("drops content and leaves no trace of it by default", () => {
    const kept = attributesOf(undefined, TOOL);
    assert.equal(kept["team.id"], "payments");
    assert.doesNotMatch(JSON.stringify(kept), /secret plan|hash|Bearer/);
  });

  test("keeps keyed hashes where the key asks for them, and never of secrets", () => {
    const policy = { kind: "hash", secret: "installation" } as const;
    const kept = attributesOf(policy, TOOL);
    assert.match(kept["gen_ai.tool.call.arguments.hash"] ?? "", /^[0-9a-f]{32}$/);
    assert.deepEqual(attributesOf(policy, TOOL), kept);
    assert.doesNotMatch(JSON.stringify(kept), /secret plan|authorization/);
  });

  test("tells other content and another installation apart", () => {
    const key = "gen_ai.tool.call.arguments.hash";
    const first = attributesOf({ kind: "hash", secret: "a" }, TOOL)[key];
    const others = [
      attributesOf({ kind: "hash", secret: "b" }, TOOL)[key],
      attributesOf({ kind: "hash", secret: "a" }, { ...TOOL, "gen_ai.tool.call.arguments": "{}" })[
        key
      ],
    ];
    assert.ok(!others.includes(first));
  });
});
