import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eventIdOf, startOfEventId } from "./event-id.ts";

/** RFC 9562: version 8, variant 10. */
const VERSION_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test("an id is that of a version 8 UUID, and tells its time", () => {
  fc.assert(
    fc.property(fc.string(), times, (identity, ms) => {
      const id = eventIdOf(identity, ms);
      assert.match(id, VERSION_8);
      assert.equal(startOfEventId(id), ms);
      assert.equal(eventIdOf(identity, ms), id);
    }),
  );
  assert.equal(eventIdOf("span:a:b", 1_795_348_800_000), "01a20320-a200-8888-b1fc-d62823e9151a");
});

test("ids sort by time", () => {
  fc.assert(
    fc.property(times, times, fc.string(), fc.string(), (a, b, x, y) => {
      fc.pre(a < b);
      assert.ok(eventIdOf(x, a) < eventIdOf(y, b));
    }),
  );
});

test("another identity or another time is another id", () => {
  const ids = ["a", "b", "a\u0000"].flatMap((identity) =>
    [1, 2].map((ms) => eventIdOf(identity, ms)),
  );
  assert.equal(new Set(ids).size, ids.length);
});

test("times before 1970 and fractions do not break the shape", () => {
  for (const ms of [-1, -1e15, 0.5, 1_795_348_800_000.999]) {
    assert.match(eventIdOf("x", ms), VERSION_8);
  }
});

test("what is no id of ours has no time", () => {
  const id = eventIdOf("x", 1);
  const others = ["", "x", id.toUpperCase(), `${id}0`, id.replace("-8", "-4"), `${id}\n`];
  for (const other of others) assert.equal(startOfEventId(other), null, other);
});
