import assert from "node:assert/strict";
import { test } from "node:test";
import { readPeriod } from "./period.ts";
import { previousPeriod } from "./previous-period.ts";

const before = (wanted: Parameters<typeof readPeriod>[0], now: string, zone = "UTC") => {
  const { firstDay, lastDay } = previousPeriod(readPeriod(wanted, new Date(now), zone));
  return `${firstDay} ${lastDay}`;
};

test("a month to date is compared with the same days of the month before", () => {
  assert.equal(before({}, "2026-11-22T16:00:00Z"), "2026-10-01 2026-10-22");
  assert.equal(before({}, "2026-03-31T16:00:00Z"), "2026-02-01 2026-02-28");
});

test("a whole month is compared with the whole month before", () => {
  assert.equal(before({ period: "last-month" }, "2026-03-10T16:00:00Z"), "2026-01-01 2026-01-31");
  assert.equal(before({ period: "last-month" }, "2026-04-10T16:00:00Z"), "2026-02-01 2026-02-28");
});

test("other periods are compared with as many days right before", () => {
  assert.equal(before({ period: "7d" }, "2026-11-22T16:00:00Z"), "2026-11-09 2026-11-15");
  const custom = { period: "custom", from: "2026-11-01", to: "2026-11-01" };
  assert.equal(before(custom, "2026-11-22T16:00:00Z"), "2026-10-31 2026-10-31");
});

test("its instants are those of the zone's days", () => {
  const period = readPeriod(
    { period: "today" },
    new Date("2026-11-22T20:00:00Z"),
    "Asia/Kathmandu",
  );
  const { from, to } = previousPeriod(period);
  assert.equal(from.toISOString(), "2026-11-21T18:15:00.000Z");
  assert.equal(to.getTime(), period.from.getTime());
});
