import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  modelCall,
  NOON_MS,
  spanId,
  type Told,
  tokens,
  verdicts,
} from "#lib/testing/usage-events.ts";

/** A call that failed after 100 ms, as a scope tells of it. */
function failed(name: string, scope: string, told: Told = {}) {
  return modelCall(name, {
    status: "error",
    errorType: "RateLimitError",
    tokens: tokens(0, 0),
    durationMs: 100,
    attributes: { "otel.scope.name": scope },
    ...told,
  });
}

const countedOf = (found: Record<string, string>) =>
  Object.values(found).filter((verdict) => verdict === "counts").length;

describe("a failed call that two instrumentations tell of side by side", () => {
  test("is one failed call, also where one names the error's module or no model", () => {
    const sdk = failed("sdk", "anthropic", { errorType: "anthropic.RateLimitError", model: null });
    const chain = failed("chain", "langchain", { startedAtMs: NOON_MS - 5, durationMs: 110 });
    assert.equal(countedOf(verdicts([sdk, chain])), 1);
    const unsaid = failed("unsaid", "langchain", { errorType: "_OTHER", tokens: null });
    assert.equal(countedOf(verdicts([sdk, unsaid])), 1);
  });

  test("is one for each try", () => {
    const tries = [0, 150, 300].flatMap((ms, i) => [
      failed(`sdk ${i}`, "anthropic", { startedAtMs: NOON_MS + ms }),
      failed(`chain ${i}`, "langchain", { startedAtMs: NOON_MS + ms - 3, durationMs: 105 }),
    ]);
    assert.equal(countedOf(verdicts(tries)), 3);
  });

  const others: Readonly<Record<string, Told>> = {
    "of the same scope": { attributes: { "otel.scope.name": "anthropic" } },
    "of no scope": { attributes: {} },
    "with another error": { errorType: "APITimeoutError" },
    "of another model": { model: "claude-opus-5-5" },
    "of another time": { startedAtMs: NOON_MS + 101 },
    "of another trace": { traceId: "c".repeat(32) },
    "with an id": { responseIds: ["msg_9"] },
    "that went well": { status: "ok", errorType: null, tokens: tokens(10, 1) },
  };
  for (const [how, other] of Object.entries(others)) {
    test(`a call ${how} is another call`, () => {
      const found = verdicts([failed("sdk", "anthropic"), failed("other", "langchain", other)]);
      assert.equal(countedOf(found), 2);
    });
  }
});

test("never fewer failed calls than one instrumentation saw, whatever the other tells", () => {
  const call = fc.record({
    at: fc.nat(400),
    ms: fc.nat(200),
    error: fc.constantFrom("A", "B", null),
  });
  const made = (
    scope: string,
    calls: readonly { at: number; ms: number; error: string | null }[],
  ) =>
    calls.map(({ at, ms, error }, i) =>
      failed(`${scope} ${i}`, scope, {
        startedAtMs: NOON_MS + at,
        durationMs: ms,
        errorType: error,
        parentSpanId: spanId("agent"),
      }),
    );
  fc.assert(
    fc.property(fc.array(call, { maxLength: 6 }), fc.array(call, { maxLength: 6 }), (a, b) => {
      const counted = countedOf(verdicts([...made("anthropic", a), ...made("langchain", b)]));
      assert.ok(counted >= Math.max(a.length, b.length) && counted <= a.length + b.length);
    }),
  );
});
