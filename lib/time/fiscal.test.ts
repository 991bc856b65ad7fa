import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { CALENDAR_YEAR, type FiscalCalendar, type PeriodRule, periodAt } from "./fiscal.ts";

const iso = (ms: number) => new Date(ms).toISOString();
const RETAIL: FiscalCalendar = {
  kind: "weeks",
  pattern: "4-5-4",
  yearStartMonth: 2,
  weekStart: 7,
};
const FROM_APRIL: FiscalCalendar = { kind: "months", yearStartMonth: 4 };

type Case = readonly [
  name: string,
  at: string,
  rule: PeriodRule,
  calendar: FiscalCalendar,
  zone: string,
  start: string,
  end: string,
];

const CASES: readonly Case[] = [
  [
    "a month that loses an hour in New York",
    "2026-03-20T00:00:00Z",
    { unit: "month" },
    CALENDAR_YEAR,
    "America/New_York",
    "2026-03-01T05:00:00.000Z",
    "2026-04-01T04:00:00.000Z",
  ],
  [
    "the day of 25 hours",
    "2026-11-01T12:00:00Z",
    { unit: "day" },
    CALENDAR_YEAR,
    "America/New_York",
    "2026-11-01T04:00:00.000Z",
    "2026-11-02T05:00:00.000Z",
  ],
  [
    "the fourth quarter of a year that begins in April",
    "2026-02-11T00:00:00Z",
    { unit: "quarter" },
    FROM_APRIL,
    "Asia/Kolkata",
    "2025-12-31T18:30:00.000Z",
    "2026-03-31T18:30:00.000Z",
  ],
  [
    "a year that begins in April, seen in March",
    "2026-03-31T18:29:59Z",
    { unit: "year" },
    FROM_APRIL,
    "Asia/Kolkata",
    "2025-03-31T18:30:00.000Z",
    "2026-03-31T18:30:00.000Z",
  ],
  [
    "ten days from an anchor in the future",
    "2026-11-22T12:00:00Z",
    { unit: "days", days: 10, anchor: "2027-01-01" },
    CALENDAR_YEAR,
    "UTC",
    "2026-11-22T00:00:00.000Z",
    "2026-12-02T00:00:00.000Z",
  ],
  [
    "ISO weeks where the year is of months",
    "2026-11-22T12:00:00Z",
    { unit: "week" },
    FROM_APRIL,
    "UTC",
    "2026-11-16T00:00:00.000Z",
    "2026-11-23T00:00:00.000Z",
  ],
  // The retail calendar of the NRF: fiscal 2023 has 53 weeks, from 2023-01-29 to 2024-02-03.
  [
    "the year of 53 weeks",
    "2024-02-03T23:00:00Z",
    { unit: "year" },
    RETAIL,
    "UTC",
    "2023-01-29T00:00:00.000Z",
    "2024-02-04T00:00:00.000Z",
  ],
  [
    "its last month, which has the 53rd week",
    "2024-02-03T23:00:00Z",
    { unit: "month" },
    RETAIL,
    "UTC",
    "2023-12-31T00:00:00.000Z",
    "2024-02-04T00:00:00.000Z",
  ],
  [
    "its second month, of five weeks",
    "2023-03-01T00:00:00Z",
    { unit: "month" },
    RETAIL,
    "UTC",
    "2023-02-26T00:00:00.000Z",
    "2023-04-02T00:00:00.000Z",
  ],
];

describe("periodAt", () => {
  for (const [name, at, rule, calendar, zone, start, end] of CASES) {
    test(name, () => {
      const span = periodAt(Date.parse(at), rule, calendar, zone);
      assert.deepEqual([iso(span.start), iso(span.end)], [start, end]);
    });
  }

  const rules = fc.oneof(
    fc.record({ unit: fc.constantFrom("day", "week", "month", "quarter", "year") }),
    fc.record({
      unit: fc.constant("days" as const),
      days: fc.integer({ min: 1, max: 400 }),
      anchor: fc.constantFrom("1970-01-01", "2020-02-29", "2031-12-31"),
    }),
  ) as fc.Arbitrary<PeriodRule>;
  const month = fc.integer({ min: 1, max: 12 });
  const calendars: fc.Arbitrary<FiscalCalendar> = fc.oneof(
    fc.record({ kind: fc.constant("months" as const), yearStartMonth: month }),
    fc.record({
      kind: fc.constant("weeks" as const),
      pattern: fc.constantFrom("4-4-5", "4-5-4", "5-4-4"),
      yearStartMonth: month,
      weekStart: fc.integer({ min: 1, max: 7 }),
    }),
  );
  const zones = fc.constantFrom(
    "UTC",
    "Asia/Kathmandu",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Apia",
  );
  const instants = fc.integer({
    min: Date.parse("2010-01-01T00:00:00Z"),
    max: Date.parse("2036-01-01T00:00:00Z"),
  });

  test("periods follow on each other without gap or overlap", () => {
    fc.assert(
      fc.property(rules, calendars, zones, instants, (rule, calendar, zone, ms) => {
        const at = (each: number) => periodAt(each, rule, calendar, zone);
        const span = at(ms);
        assert.ok(span.start <= ms && ms < span.end);
        assert.deepEqual(at(span.start), span);
        assert.deepEqual(at(span.end - 1), span);
        assert.equal(at(span.end).start, span.end);
        assert.equal(at(span.start - 1).end, span.start);
      }),
      { numRuns: 1_500 },
    );
  });

  test("twelve months and four quarters make a year", () => {
    fc.assert(
      fc.property(calendars, zones, instants, (calendar, zone, ms) => {
        const year = periodAt(ms, { unit: "year" }, calendar, zone);
        for (const [unit, count] of [
          ["month", 12],
          ["quarter", 4],
        ] as const) {
          let at = year.start;
          for (let i = 0; i < count; i++) at = periodAt(at, { unit }, calendar, zone).end;
          assert.equal(at, year.end);
        }
      }),
      { numRuns: 300 },
    );
  });
});
