import assert from "node:assert/strict";
import { test } from "node:test";
import { isOfDays, readMoments, readPeriod } from "./period.ts";
import { startOfDay } from "./zoned-day.ts";

const now = new Date("2026-11-22T18:40:00Z");

test("a day begins where the organisation is, not in Greenwich", () => {
  const period = readPeriod({ period: "today" }, now, "Asia/Kolkata");
  assert.equal(period.firstDay, "2026-11-23");
  assert.equal(period.from.toISOString(), "2026-11-22T18:30:00.000Z");
  assert.equal(period.to.toISOString(), "2026-11-23T18:30:00.000Z");
});

test("a day on which the clocks change has its real length", () => {
  const hours = (day: string, next: string) =>
    (startOfDay(next, "America/New_York").getTime() -
      startOfDay(day, "America/New_York").getTime()) /
    3_600_000;
  assert.equal(hours("2026-03-08", "2026-03-09"), 23);
  assert.equal(hours("2026-11-01", "2026-11-02"), 25);
});

test("a day whose midnight the clocks skip begins at one o'clock", () => {
  assert.equal(
    startOfDay("2026-09-06", "America/Santiago").toISOString(),
    "2026-09-06T04:00:00.000Z",
  );
});

test("last month ends where this month begins", () => {
  const last = readPeriod({ period: "last-month" }, now, "UTC");
  const month = readPeriod({ period: "mtd" }, now, "UTC");
  assert.equal(last.from.toISOString(), "2026-10-01T00:00:00.000Z");
  assert.deepEqual(last.to, month.from);
});

test("named days end with today, except those that are over", () => {
  const days = (period: string) => {
    const { firstDay, lastDay } = readPeriod({ period }, now, "UTC");
    return `${firstDay} ${lastDay}`;
  };
  assert.equal(days("today"), "2026-11-22 2026-11-22");
  assert.equal(days("yesterday"), "2026-11-21 2026-11-21");
  assert.equal(days("7d"), "2026-11-16 2026-11-22");
  assert.equal(days("30d"), "2026-10-24 2026-11-22");
  assert.equal(days("90d"), "2026-08-25 2026-11-22");
});

test("a custom range includes its last day and may be given backwards", () => {
  const period = readPeriod({ period: "custom", from: "2026-11-09", to: "2026-11-03" }, now, "UTC");
  assert.equal(period.from.toISOString(), "2026-11-03T00:00:00.000Z");
  assert.equal(period.to.toISOString(), "2026-11-10T00:00:00.000Z");
});

test("nonsense in the URL shows the month to date", () => {
  for (const wanted of [
    { period: "custom", from: "2026-02-30", to: "2026-03-01" },
    { period: "custom", from: "0001-01-01", to: "9999-12-31" },
    { period: "__proto__" },
  ]) {
    assert.equal(readPeriod(wanted, now, "UTC").name, "mtd");
  }
});

test("bars are hours for a day or two, days for a quarter, then longer", () => {
  const bucket = (from: string, to: string) =>
    readPeriod({ period: "custom", from, to }, now, "UTC").bucket;
  assert.equal(bucket("2026-11-21", "2026-11-22"), "hour");
  assert.equal(bucket("2026-08-23", "2026-11-22"), "day");
  assert.equal(bucket("2026-01-01", "2026-11-22"), "week");
  assert.equal(bucket("2024-12-01", "2026-11-22"), "month");
});

test("moments are asked for to the second, and lie in the days of the zone", () => {
  const asked = { period: "custom", from: "2026-11-21T20:00:00.000Z", to: "2026-11-21T23:00:00Z" };
  const period = readMoments(asked, "Asia/Taipei");
  assert.deepEqual(
    [period?.from, period?.to],
    [new Date("2026-11-21T20:00Z"), new Date("2026-11-21T23:00Z")],
  );
  assert.deepEqual([period?.firstDay, period?.lastDay], ["2026-11-22", "2026-11-22"]);
  assert.equal(period !== null && isOfDays(period), false);
  assert.equal(isOfDays(readPeriod({ period: "30d" }, now, "America/New_York")), true);
});

test("what names no moments is none", () => {
  for (const [from, to] of [
    ["2026-11-21", "2026-11-22"],
    ["2026-11-21T23:00:00Z", "2026-11-21T20:00:00Z"],
    ["2026-13-41T23:00:00Z", "2026-11-21T20:00:00Z"],
    ["0001-01-01T00:00:00Z", "2026-11-21T20:00:00Z"],
  ]) {
    assert.equal(readMoments({ period: "custom", from, to }, "UTC"), null);
  }
});
