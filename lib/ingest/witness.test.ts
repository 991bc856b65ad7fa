import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { logCall, modelCall, NOON_MS, point, toolCall } from "#lib/testing/usage-events.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { witness } from "./witness.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const seen = (event: UsageEvent, at = NOON_MS) => witness({ event, keyId: "key" }, at);

describe("the clock of the sender", () => {
  const at = (startedAtMs: number, told: Partial<UsageEvent> = {}) =>
    seen(modelCall("a", { startedAtMs, ...told }));

  test("is believed within an hour ahead and four hundred days behind", () => {
    for (const ms of [NOON_MS, NOON_MS + HOUR_MS - 1, NOON_MS - 400 * DAY_MS + 1]) {
      const item = at(ms);
      assert.equal(item.startedAtMs, ms);
      assert.deepEqual(item.event.flags, []);
    }
  });

  test("is not believed beyond; the event is filed at its receipt, flagged, and still known", () => {
    for (const ms of [0, NOON_MS + 2 * HOUR_MS, NOON_MS - 400 * DAY_MS, 2 ** 47]) {
      const item = at(ms, { flags: ["estimated"] });
      assert.equal(item.startedAtMs, NOON_MS);
      assert.equal(item.event.startedAtMs, NOON_MS);
      assert.deepEqual(item.event.flags, ["estimated", "clock_skew"]);
      const again = seen(modelCall("a", { startedAtMs: ms }), NOON_MS + 5);
      const isKnown =
        again.id === item.id || again.callKeys.some((key) => item.callKeys.includes(key));
      assert.ok(isKnown, "a re-delivery must be found");
    }
  });

  test("of an import is believed always: history comes by import", () => {
    const item = at(NOON_MS - 2_000 * DAY_MS, { signal: "import" });
    assert.equal(item.startedAtMs, NOON_MS - 2_000 * DAY_MS);
  });
});

describe("the keys by which other items find it", () => {
  test("are the response ids of model calls", () => {
    const a = seen(modelCall("a", { responseIds: ["r1", "q1"] }));
    const b = seen(logCall("b", { responseIds: ["q1"] }));
    assert.equal(a.callKeys.length, 2);
    assert.ok(a.callKeys.includes(b.callKeys[0] ?? ""));
    assert.deepEqual(seen(modelCall("c")).callKeys, []);
  });

  test("are a tool call's id within its trace, and within its session", () => {
    const session = { identityOf: { session: "s" } };
    const span = seen(toolCall("a", { toolCallId: "t1", ...session }));
    const log = seen(toolCall("b", { toolCallId: "t1", traceId: null, ...session }));
    const other = seen(toolCall("c", { toolCallId: "t1", traceId: "c".repeat(32) }));
    assert.ok(log.callKeys.every((key) => span.callKeys.includes(key)));
    assert.equal(log.callKeys.length, 1);
    assert.ok(other.callKeys.every((key) => !span.callKeys.includes(key)));
  });

  test("are none for sums and points, which stand for no single call", () => {
    const sum = { witness: "aggregate", responseIds: ["r1"] } as const;
    assert.deepEqual(seen(modelCall("a", sum)).callKeys, []);
    assert.deepEqual(seen(point("b", 1, 1, { responseIds: ["r1"] })).callKeys, []);
  });

  test("are the stream and its start for points", () => {
    const a = seen(point("a", 1, 1)).streamKey;
    assert.equal(seen(point("b", 2, 2)).streamKey, a);
    assert.notEqual(seen(point("c", 1, 1, { startMs: NOON_MS - 1 })).streamKey, a);
    assert.notEqual(seen(point("d", 1, 1, { stream: "other" })).streamKey, a);
    assert.equal(seen(modelCall("e")).streamKey, null);
  });
});

test("what cannot be stored is cleaned before anything is hashed", () => {
  const clean = seen(
    modelCall("a", { identity: "x", responseIds: ["r"], identityOf: { session: "s" } }),
  );
  const soiled = seen(
    modelCall("a", {
      identity: "\u0000x",
      responseIds: ["r\u0000"],
      identityOf: { session: "s\u0000" },
    }),
  );
  assert.deepEqual(soiled, clean);
  const long = seen(modelCall("b", { identityOf: { user: "u".repeat(500) } }));
  assert.equal(long.event.identityOf.user?.length, 200);
});
