import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayStart, hourStart, isTimeZone, offsetAt } from "./zone.ts";

type Case = readonly [zone: string, at: string, hour: string, day: string];

const CASES: readonly Case[] = [
  ["UTC", "2026-11-22T16:45:00.001Z", "2026-11-22T16:00:00Z", "2026-11-22T00:00:00Z"],
  ["UTC", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"],
  // +05:30: hours begin at :30 of UTC, days at 18:30.
  ["Asia/Kolkata", "2026-11-22T16:29:59.999Z", "2026-11-22T15:30:00Z", "2026-11-21T18:30:00Z"],
  ["Asia/Kolkata", "2026-11-22T18:30:00Z", "2026-11-22T18:30:00Z", "2026-11-22T18:30:00Z"],
  // +05:45.
  ["Asia/Kathmandu", "2026-11-22T18:14:59.999Z", "2026-11-22T17:15:00Z", "2026-11-21T18:15:00Z"],
  ["Asia/Kathmandu", "2026-11-22T18:15:00Z", "2026-11-22T18:15:00Z", "2026-11-22T18:15:00Z"],
  // Clocks go forward on 2026-03-08 at 07:00Z: a day of 23 hours.
  ["America/New_York", "2026-03-08T06:59:59.999Z", "2026-03-08T06:00:00Z", "2026-03-08T05:00:00Z"],
  ["America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T05:00:00Z"],
  ["America/New_York", "2026-03-09T03:59:59.999Z", "2026-03-09T03:00:00Z", "2026-03-08T05:00:00Z"],
  ["America/New_York", "2026-03-09T04:00:00Z", "2026-03-09T04:00:00Z", "2026-03-09T04:00:00Z"],
  // Clocks go back on 2026-11-01 at 06:00Z: one o'clock comes twice, and is two hours.
  ["America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T05:00:00Z", "2026-11-01T04:00:00Z"],
  ["America/New_York", "2026-11-01T06:30:00Z", "2026-11-01T06:00:00Z", "2026-11-01T04:00:00Z"],
  ["America/New_York", "2026-11-02T04:59:59.999Z", "2026-11-02T04:00:00Z", "2026-11-01T04:00:00Z"],
  // Half an hour back on 2026-04-04 at 15:00Z (+11 to +10:30): 01:30 comes again.
  [
    "Australia/Lord_Howe",
    "2026-04-04T14:59:59.999Z",
    "2026-04-04T14:00:00Z",
    "2026-04-04T13:00:00Z",
  ],
  ["Australia/Lord_Howe", "2026-04-04T15:10:00Z", "2026-04-04T15:00:00Z", "2026-04-04T13:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:30:00Z", "2026-04-04T15:30:00Z", "2026-04-04T13:00:00Z"],
  // Half an hour forward on 2026-10-03 at 15:30Z (+10:30 to +11): 02:00 to 02:30 is left out.
  [
    "Australia/Lord_Howe",
    "2026-10-03T15:29:59.999Z",
    "2026-10-03T14:30:00Z",
    "2026-10-03T13:30:00Z",
  ],
  ["Australia/Lord_Howe", "2026-10-03T15:45:00Z", "2026-10-03T15:30:00Z", "2026-10-03T13:30:00Z"],
  ["Australia/Lord_Howe", "2026-10-04T13:00:00Z", "2026-10-04T13:00:00Z", "2026-10-04T13:00:00Z"],
  // Midnight comes twice in Havana (2026-11-01 05:00Z), and not at all in Beirut (2026-03-28 22:00Z).
  ["America/Havana", "2026-11-01T05:30:00Z", "2026-11-01T05:00:00Z", "2026-11-01T04:00:00Z"],
  ["Asia/Beirut", "2026-03-29T10:00:00Z", "2026-03-29T10:00:00Z", "2026-03-28T22:00:00Z"],
];

for (const [zone, at, hour, day] of CASES) {
  test(`${at} in ${zone} is in the hour of ${hour} and the day of ${day}`, () => {
    const ms = Date.parse(at);
    assert.equal(new Date(hourStart(ms, zone)).toISOString(), new Date(hour).toISOString());
    assert.equal(new Date(dayStart(ms, zone)).toISOString(), new Date(day).toISOString());
  });
}

const anyZone = fc.constantFrom(
  "UTC",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Havana",
  "Asia/Beirut",
  "America/St_Johns",
  "Pacific/Chatham",
  "Africa/Casablanca",
);
const anyInstant = fc.integer({
  min: Date.parse("2005-01-01T00:00:00Z"),
  max: Date.parse("2040-01-01T00:00:00Z"),
});

test("hours lie within days, and every start is its own start", () => {
  fc.assert(
    fc.property(anyZone, anyInstant, (zone, ms) => {
      const hour = hourStart(ms, zone);
      const day = dayStart(ms, zone);
      assert.ok(day <= hour && hour <= ms);
      assert.ok(ms - hour < 3_600_000);
      assert.equal(hourStart(hour, zone), hour);
      assert.equal(dayStart(hour, zone), day);
      assert.equal(dayStart(day, zone), day);
    }),
    { numRuns: 2_000 },
  );
});

test("starts never go back as time goes on", () => {
  fc.assert(
    fc.property(anyZone, anyInstant, fc.integer({ min: 1, max: 7_200_000 }), (zone, ms, step) => {
      assert.ok(hourStart(ms, zone) <= hourStart(ms + step, zone));
      assert.ok(dayStart(ms, zone) <= dayStart(ms + step, zone));
    }),
    { numRuns: 2_000 },
  );
});

test("offsets have the sign of the clock", () => {
  assert.equal(offsetAt(Date.parse("2026-01-01T00:00:00Z"), "Asia/Kathmandu"), 20_700_000);
  assert.equal(offsetAt(Date.parse("2026-01-01T00:00:00.500Z"), "America/New_York"), -18_000_000);
});

test("tells a zone from other words", () => {
  assert.equal(isTimeZone("Asia/Taipei"), true);
  assert.equal(isTimeZone("Mars/Olympus"), false);
  assert.equal(isTimeZone(""), false);
  assert.throws(() => hourStart(0, "Mars/Olympus"), RangeError);
});
