import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { localDate } from "#lib/time/calendar.ts";
import { type DueCalendar, dueTimes, nextDue, periodBefore } from "./due-times.ts";

const weekly = (day: number, hour: number): DueCalendar => ({ cadence: "weekly", day, hour });
const monthly = (day: number, hour: number): DueCalendar => ({ cadence: "monthly", day, hour });

type Case = readonly [
  name: string,
  calendar: DueCalendar,
  zone: string,
  after: string,
  due: string,
];

const CASES: readonly Case[] = [
  ["Monday at six", weekly(1, 6), "UTC", "2026-11-22T12:00:00Z", "2026-11-23T06:00:00Z"],
  [
    "after the due hour itself",
    weekly(1, 6),
    "UTC",
    "2026-11-23T06:00:00Z",
    "2026-11-30T06:00:00Z",
  ],
  [
    "a millisecond before it",
    weekly(1, 6),
    "UTC",
    "2026-11-23T05:59:59.999Z",
    "2026-11-23T06:00:00Z",
  ],
  ["Sunday in Taipei", weekly(7, 0), "Asia/Taipei", "2026-11-23T00:00:00Z", "2026-11-28T16:00:00Z"],
  [
    "the first in Kathmandu",
    monthly(1, 7),
    "Asia/Kathmandu",
    "2026-11-22T00:00:00Z",
    "2026-12-01T01:15:00Z",
  ],
  [
    "the last day of February",
    monthly(31, 5),
    "UTC",
    "2027-02-01T00:00:00Z",
    "2027-02-28T05:00:00Z",
  ],
  [
    "the 30th in a leap February",
    monthly(30, 5),
    "UTC",
    "2028-02-01T00:00:00Z",
    "2028-02-29T05:00:00Z",
  ],
  ["over the year's end", monthly(15, 5), "UTC", "2026-12-15T05:00:00Z", "2027-01-15T05:00:00Z"],
  // The clock goes from 02:00 to 03:00 on 2026-03-08 and from 02:00 to 01:00 on 2026-11-01.
  [
    "an hour left out",
    monthly(8, 2),
    "America/New_York",
    "2026-03-01T00:00:00Z",
    "2026-03-08T07:00:00Z",
  ],
  [
    "an hour shown twice",
    monthly(1, 1),
    "America/New_York",
    "2026-10-31T00:00:00Z",
    "2026-11-01T05:00:00Z",
  ],
  [
    "not again in its second hour",
    monthly(1, 1),
    "America/New_York",
    "2026-11-01T05:00:00Z",
    "2026-12-01T06:00:00Z",
  ],
  [
    "the same hour in summer",
    weekly(1, 9),
    "Europe/Berlin",
    "2026-03-28T00:00:00Z",
    "2026-03-30T07:00:00Z",
  ],
  ["and in winter", weekly(1, 9), "Europe/Berlin", "2026-10-24T00:00:00Z", "2026-10-26T08:00:00Z"],
  [
    "a midnight left out",
    weekly(7, 0),
    "Asia/Beirut",
    "2026-03-27T00:00:00Z",
    "2026-03-28T22:00:00Z",
  ],
];

for (const [name, calendar, zone, after, due] of CASES) {
  test(`${name}: ${calendar.cadence} on ${calendar.day} at ${calendar.hour} in ${zone}`, () => {
    assert.equal(
      new Date(nextDue(calendar, Date.parse(after), zone)).toISOString(),
      new Date(due).toISOString(),
    );
  });
}

const PERIODS = [
  ["weekly", "UTC", "2026-11-23T06:00:00Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"],
  ["weekly", "Asia/Taipei", "2026-11-22T16:00:00Z", "2026-11-15T16:00:00Z", "2026-11-22T16:00:00Z"],
  [
    "weekly",
    "America/New_York",
    "2026-11-02T12:00:00Z",
    "2026-10-26T04:00:00Z",
    "2026-11-02T05:00:00Z",
  ],
  ["monthly", "UTC", "2026-12-31T05:00:00Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"],
  [
    "monthly",
    "Asia/Kolkata",
    "2026-11-30T18:30:00Z",
    "2026-10-31T18:30:00Z",
    "2026-11-30T18:30:00Z",
  ],
  ["monthly", "UTC", "2027-01-01T00:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
] as const;

for (const [cadence, zone, at, from, to] of PERIODS) {
  test(`what is due ${cadence} at ${at} in ${zone} is of ${from} to ${to}`, () => {
    const period = periodBefore({ cadence }, Date.parse(at), zone);
    assert.deepEqual(period, { from: Date.parse(from), to: Date.parse(to) });
  });
}

test("after a long stop the newest due times are left, oldest first", () => {
  const span = {
    afterMs: Date.parse("2020-01-01T00:00:00Z"),
    untilMs: Date.parse("2026-03-01T06:00:00Z"),
  };
  const found = dueTimes(monthly(1, 6), { ...span, most: 3 }, "UTC");
  assert.deepEqual(
    found.map((ms) => new Date(ms).toISOString().slice(0, 13)),
    ["2026-01-01T06", "2026-02-01T06", "2026-03-01T06"],
  );
});

const anyZone = fc.constantFrom(
  ...["UTC", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe", "America/Havana"],
  ...["Asia/Beirut", "Pacific/Chatham", "Africa/Casablanca", "America/St_Johns"],
);
const anyInstant = fc.integer({
  min: Date.parse("2012-01-01T00:00:00Z"),
  max: Date.parse("2040-01-01T00:00:00Z"),
});
const anyCalendar = fc.oneof(
  fc.record({
    cadence: fc.constant("weekly" as const),
    day: fc.integer({ min: 1, max: 7 }),
    hour: fc.integer({ min: 0, max: 23 }),
  }),
  fc.record({
    cadence: fc.constant("monthly" as const),
    day: fc.integer({ min: 1, max: 31 }),
    hour: fc.integer({ min: 0, max: 23 }),
  }),
);

test("every week and month has one due time, however the time between is cut", () => {
  fc.assert(
    fc.property(
      anyZone,
      anyInstant,
      anyCalendar,
      fc.integer({ min: 0, max: 100 }),
      (zone, afterMs, calendar, percent) => {
        const untilMs = afterMs + 200 * 86_400_000;
        const cutMs = afterMs + Math.floor(((untilMs - afterMs) * percent) / 100);
        const most = 1_000;
        const whole = dueTimes(calendar, { afterMs, untilMs, most }, zone);
        const parts = [
          ...dueTimes(calendar, { afterMs, untilMs: cutMs, most }, zone),
          ...dueTimes(calendar, { afterMs: cutMs, untilMs, most }, zone),
        ];
        assert.deepEqual(parts, whole);
        const periods = whole.map((due) => periodBefore(calendar, due, zone));
        for (const [at, period] of periods.entries()) {
          const next = periods[at + 1];
          assert.ok(period.from < period.to);
          if (next !== undefined) assert.equal(next.from, period.to);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("a due time has its day and, where the clock shows it, its hour", () => {
  fc.assert(
    fc.property(anyZone, anyInstant, anyCalendar, (zone, afterMs, calendar) => {
      const due = nextDue(calendar, afterMs, zone);
      const { weekday, day, month, year } = localDate(due, zone);
      const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
      const expected = calendar.cadence === "weekly" ? calendar.day : Math.min(calendar.day, last);
      assert.equal(calendar.cadence === "weekly" ? weekday : day, expected);
    }),
    { numRuns: 500 },
  );
});
