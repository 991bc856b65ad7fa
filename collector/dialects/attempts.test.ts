import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AttributeValue } from "../otlp/model.ts";
import { normaliseSpans } from "./normalise.ts";
import { aSpan } from "./testing-items.ts";

const CHAT = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-5.5" };
const CLAUDE = { model: "claude-opus-4-7", input_tokens: 5, output_tokens: 5 };

type Values = Readonly<Record<string, AttributeValue>>;

/** Which try each of a call's attributes tell of. */
const TRIES: readonly (readonly [string, Values, number | null])[] = [
  ["nothing said", {}, null],
  ["sent once", { "http.request.resend_count": 0 }, 1],
  ["sent again", { "http.request.resend_count": 3 }, 4],
  ["as text", { "http.request.resend_count": "3" }, 4],
  ["in the words of before 1.23", { "http.resend_count": 2 }, 3],
  ["a fraction", { "http.request.resend_count": 1.5 }, null],
  ["less than nothing", { "http.request.resend_count": -1 }, null],
  ["more than can be", { "http.request.resend_count": 9_000_000_000 }, null],
  ["a number that means nothing here", { attempt: 4 }, null],
];

describe("tries of a model call", () => {
  for (const [said, attributes, attempt] of TRIES) {
    test(said, () => {
      const { events } = normaliseSpans([aSpan({ kind: 3 }, { ...CHAT, ...attributes })]);
      assert.deepEqual(
        events.map((event) => [event.attempt, event.calls]),
        [[attempt, 1]],
      );
    });
  }

  test("a producer's own number wins, as far as it is one", () => {
    const tries = (attributes: Values) =>
      normaliseSpans([
        aSpan(
          { name: "claude_code.llm_request", scopeName: "com.anthropic.claude_code" },
          { ...CLAUDE, ...attributes },
        ),
      ]).events.map(({ attempt }) => attempt);
    assert.deepEqual(tries({ attempt: 2, "http.request.resend_count": 6 }), [2]);
    assert.deepEqual(tries({ attempt: "3" }), [3]);
    for (const odd of [1.5, 0, 1e12, "many"]) assert.deepEqual(tries({ attempt: odd }), [null]);
  });

  test("a request over HTTP keeps its number for the call above it, and is none itself", () => {
    const request = (count: number) =>
      normaliseSpans([
        aSpan(
          { name: "POST", kind: 3, parentSpanId: "a".repeat(16) },
          {
            "http.request.method": "POST",
            "http.request.resend_count": count,
          },
        ),
      ]);
    assert.deepEqual(request(2).events, []);
    assert.deepEqual(
      [request(2), request(0)].map(({ nodes }) => nodes.map(({ attempt }) => attempt)),
      [[3], [undefined]],
    );
  });

  test("a sum of calls and a tool call have no tries", () => {
    const { events } = normaliseSpans([
      aSpan(
        {},
        {
          "gen_ai.operation.name": "invoke_agent",
          "gen_ai.usage.input_tokens": 9,
          "http.request.resend_count": 3,
        },
      ),
      aSpan(
        { spanId: "c".repeat(16) },
        { "gen_ai.operation.name": "execute_tool", "http.request.resend_count": 3 },
      ),
    ]);
    assert.deepEqual(
      events.map(({ attempt }) => attempt),
      [null, null],
    );
  });
});
