import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type CalendarUnit, nextUnitStart, startOfDate, unitEdges, unitStart } from "./calendar.ts";
import { dayStart } from "./zone.ts";

const iso = (ms: number) => new Date(ms).toISOString();
const UNITS: readonly CalendarUnit[] = ["hour", "day", "week", "month"];
const ZONES = [
  "UTC",
  "Asia/Kathmandu",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Havana",
  "Asia/Beirut",
];

test("weeks begin on Monday, in the zone", () => {
  // 2026-11-22 is a Sunday; in Taipei the week turns at 16:00 UTC.
  assert.equal(
    iso(unitStart(Date.parse("2026-11-22T15:59:00Z"), "week", "Asia/Taipei")),
    "2026-11-15T16:00:00.000Z",
  );
  assert.equal(
    iso(unitStart(Date.parse("2026-11-22T16:00:00Z"), "week", "Asia/Taipei")),
    "2026-11-22T16:00:00.000Z",
  );
});

test("months have the offsets of their own days", () => {
  const at = Date.parse("2026-11-20T00:00:00Z");
  assert.equal(iso(unitStart(at, "month", "America/New_York")), "2026-11-01T04:00:00.000Z");
  assert.equal(iso(nextUnitStart(at, "month", "America/New_York")), "2026-12-01T05:00:00.000Z");
});

test("the day on which the clock goes back has 25 hours, and Lord Howe's 25 with two short ones", () => {
  const newYork = startOfDate(2026, 11, 1, "America/New_York");
  assert.equal(unitEdges(newYork, newYork + 90_000_000, "hour", "America/New_York", 50).length, 26);
  const lordHowe = startOfDate(2026, 4, 5, "Australia/Lord_Howe");
  const end = nextUnitStart(lordHowe, "day", "Australia/Lord_Howe");
  assert.equal(end - lordHowe, 24.5 * 3_600_000);
  assert.equal(unitEdges(lordHowe, end, "hour", "Australia/Lord_Howe", 50).length, 26);
});

test("a date that the zone left out gives the next", () => {
  assert.equal(iso(startOfDate(2011, 12, 30, "Pacific/Apia")), "2011-12-30T10:00:00.000Z");
});

test("too many units are refused", () => {
  assert.throws(() => unitEdges(0, 86_400_000, "hour", "UTC", 23), RangeError);
});

test("units follow on each other without gap or overlap", () => {
  const instant = fc.integer({
    min: Date.parse("2012-01-01T00:00:00Z"),
    max: Date.parse("2035-01-01T00:00:00Z"),
  });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.constantFrom(...UNITS), instant, (zone, unit, ms) => {
      const start = unitStart(ms, unit, zone);
      const next = nextUnitStart(ms, unit, zone);
      assert.ok(start <= ms && ms < next);
      assert.equal(unitStart(next - 1, unit, zone), start);
      assert.equal(unitStart(next, unit, zone), next);
      if (unit !== "hour") assert.equal(dayStart(start, zone), start);
    }),
    { numRuns: 1_500 },
  );
});
