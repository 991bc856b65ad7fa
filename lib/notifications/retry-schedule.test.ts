import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { judgeAttempt } from "./attempt-outcome.ts";
import { nextAttemptAt, RETRY_DELAYS_MS, readRetryAfter } from "./retry-schedule.ts";

const NOW = new Date("2026-11-22T16:00:00Z");
const DAY_MS = 86_400_000;
const judge = (httpStatus: number | null, attempts = 1, retryAfter?: string) =>
  judgeAttempt({ httpStatus, retryAfter }, { attempts, now: NOW, chance: 0, refusals: [400] });

describe("the schedule", () => {
  test("spreads ten attempts over three to four days, then ends", () => {
    for (const chance of [0, 1]) {
      let now = NOW;
      for (let attempts = 1; attempts <= RETRY_DELAYS_MS.length; attempts += 1) {
        now = nextAttemptAt(attempts, now, chance, null) ?? assert.fail(`ends at ${attempts}`);
      }
      const days = (now.getTime() - NOW.getTime()) / DAY_MS;
      assert.ok(days > 3 && days < 4, String(days));
      assert.equal(nextAttemptAt(RETRY_DELAYS_MS.length + 1, now, chance, null), null);
    }
  });

  test("never waits less than the receiver asks, up to a day, nor less than it would anyway", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -DAY_MS, max: 3 * DAY_MS }),
        (attempts, chance, askedMs) => {
          const at = nextAttemptAt(attempts, NOW, chance, askedMs) ?? assert.fail();
          const waitMs = at.getTime() - NOW.getTime();
          assert.ok(waitMs >= (RETRY_DELAYS_MS[attempts - 1] ?? 0));
          assert.ok(waitMs >= Math.min(askedMs, DAY_MS));
          assert.ok(waitMs <= DAY_MS * 1.1);
        },
      ),
    );
  });

  test("reads Retry-After in both its forms", () => {
    assert.equal(readRetryAfter("120", NOW), 120_000);
    assert.equal(readRetryAfter("Sun, 22 Nov 2026 16:00:30 GMT", NOW), 30_000);
    assert.equal(readRetryAfter("Sun, 22 Nov 2026 15:00:00 GMT", NOW), 0);
    for (const nothing of [undefined, "", "soon", "-5x"]) {
      assert.equal(readRetryAfter(nothing, NOW), null, nothing);
    }
  });
});

describe("what follows from an answer", () => {
  test("2xx is success and nothing else is", () => {
    for (const status of [200, 201, 202, 204, 299]) {
      assert.deepEqual(judge(status), { kind: "delivered" });
    }
    for (const status of [null, 100, 199, 301, 302, 307, 404, 418, 500, 503]) {
      assert.equal(judge(status).kind, "retry", String(status));
    }
  });

  test("410 ends the endpoint, a refusal the delivery, a long failure both", () => {
    assert.deepEqual(judge(410), { kind: "failed", because: "gone" });
    assert.deepEqual(judge(400), { kind: "failed", because: "refused" });
    assert.equal(judge(500, 9).kind, "retry");
    assert.deepEqual(judge(500, 10), { kind: "failed", because: "exhausted" });
  });

  test("a receiver under pressure is left alone for a minute, or as long as it says", () => {
    const waits = (status: number, retryAfter?: string) => {
      const outcome = judge(status, 1, retryAfter);
      return outcome.kind === "retry" ? outcome.at.getTime() - NOW.getTime() : null;
    };
    assert.deepEqual(
      [waits(500), waits(429), waits(503, "600"), waits(429, "30")],
      [5_000, 60_000, 600_000, 30_000],
    );
  });
});
