import assert from "node:assert/strict";
import { test } from "node:test";
import { SumOfMetrics } from "./sum-of-metrics.ts";

class Member {
  readonly received: unknown[] = [];
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  send(message: unknown): boolean {
    this.received.push(message);
    return true;
  }
}

test("the one that was asked gets the sum once all others have told theirs", () => {
  const [a, b, c] = [new Member(1), new Member(2), new Member(3)];
  const sum = new SumOfMetrics();
  sum.take(b, { fleet: "sum", ask: 9, text: "x 1\n" }, [a, b, c]);
  assert.deepEqual(a.received, [{ fleet: "tell", ask: 1 }]);
  sum.take(a, { fleet: "told", ask: 1, text: "x 10\n" }, [a, b, c]);
  assert.deepEqual(b.received, []);
  sum.take(c, { fleet: "told", ask: 1, text: "x 100\n" }, [a, b, c]);
  assert.deepEqual(b.received, [{ fleet: "summed", ask: 9, text: "x 111\n" }]);
});

test("one that does not answer is left out, not waited for", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [a, b] = [new Member(1), new Member(2)];
  new SumOfMetrics().take(a, { fleet: "sum", ask: 1, text: "x 1\n" }, [a, b]);
  t.mock.timers.tick(1_000);
  assert.deepEqual(a.received, [{ fleet: "summed", ask: 1, text: "x 1\n" }]);
});
