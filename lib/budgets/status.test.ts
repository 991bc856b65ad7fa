import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { CALENDAR_YEAR, periodAt } from "#lib/time/fiscal.ts";
import { type Amount, NOTHING, parseAmount, printAmount, sumAmounts } from "./amount.ts";
import type { Budget, DaySpend } from "./budget.ts";
import { pastPeriods } from "./limit.ts";
import { quietUntil } from "./quiet-hours.ts";
import { hasReached, shareOf } from "./share.ts";
import { type StatusFacts, statusOf } from "./status.ts";

const NOW = Date.parse("2026-11-22T16:00:00Z");
const BUDGET: Budget = {
  id: "b",
  name: "Payments",
  scope: {},
  period: { unit: "month" },
  calendar: CALENDAR_YEAR,
  unit: "USD",
  limit: parseAmount("3000"),
  costBasis: "effective",
  rollover: "none",
  rolloverCap: null,
  thresholds: [
    { kind: "actual", percent: 50 },
    { kind: "forecast", percent: 100 },
  ],
  pacing: null,
  quietHours: null,
  hasDigest: true,
  parentId: null,
  owner: null,
  startsAt: Date.parse("2026-01-01T00:00:00Z"),
  limitRevision: 1,
};
const facts = (days: readonly DaySpend[], more: Partial<Budget> = {}): StatusFacts => ({
  budget: { ...BUDGET, ...more },
  timeZone: "UTC",
  days,
  increases: [],
  pastLimits: [],
  committed: NOTHING,
});

/** A day's spend for each day in [from, to). */
function daily(from: string, to: string, usd: (weekday: number) => number): DaySpend[] {
  const days: DaySpend[] = [];
  for (let day = Date.parse(from); day < Date.parse(to); day += 86_400_000) {
    const spent = parseAmount(String(usd(new Date(day).getUTCDay())));
    days.push({ day, spent, unpricedCalls: 0 });
  }
  return days;
}

describe("statusOf", () => {
  test("of steady spend: the forecast, the day it crosses, and the pace", () => {
    // 100 on each day since August: 2,100 by the 21st, 3,000 on the 30th.
    const days = [
      ...daily("2026-08-01", "2026-11-22", () => 100),
      { day: Date.parse("2026-11-22T00:00:00Z"), spent: parseAmount("60"), unpricedCalls: 2 },
    ];
    const status = statusOf(facts(days), NOW);
    assert.equal(printAmount(status.spent), "2160");
    assert.equal(printAmount(status.remaining), "840");
    assert.equal(status.unpricedCalls, 2);
    assert.equal(status.maturity, "normal");
    assert.equal(printAmount(status.forecast?.p50 ?? NOTHING), "3000");
    assert.equal(new Date(status.crossing.expected ?? 0).toISOString().slice(0, 10), "2026-11-30");
    assert.equal(status.state, "at_risk");
    assert.deepEqual(
      status.thresholds.map(({ isCrossed }) => isCrossed),
      [true, true],
    );
    // Half the limit was reached on the 15th.
    const [half] = status.thresholds;
    assert.equal(new Date(half?.day ?? 0).toISOString().slice(0, 10), "2026-11-15");
    // 21 2/3 of 30 days.
    assert.ok(Math.abs(Number(printAmount(status.pace)) - 2166.67) < 0.1);
  });

  test("of a day on which nothing is usually spent: its pace is the clock's", () => {
    const days = daily("2026-08-01", "2026-11-22", (weekday) => (weekday % 6 === 0 ? 0 : 100));
    const { pace } = statusOf(facts(days, { period: { unit: "day" } }), NOW);
    assert.equal(printAmount(pace), "2000.001");
  });

  test("of work on weekdays alone: by Sunday the pace waits", () => {
    const weekdays = (day: number) => (day === 0 || day === 6 ? 0 : 100);
    const status = statusOf(facts(daily("2026-08-01", "2026-11-22", weekdays)), NOW);
    // 15 of November's 21 working days are over.
    assert.ok(Math.abs(Number(printAmount(status.pace)) - (3000 * 15) / 21) < 1);
  });

  test("of a young budget: no forecast, and no crossing date", () => {
    const status = statusOf(facts(daily("2026-11-15", "2026-11-22", () => 10)), NOW);
    assert.deepEqual([status.forecast, status.maturity], [null, "early"]);
    assert.equal(status.crossing.expected, null);
  });

  test("of one that is over: the day on which it was crossed", () => {
    const days = daily("2026-11-01", "2026-11-22", () => 200);
    const { state, crossing, remaining } = statusOf(facts(days), NOW);
    assert.equal(state, "over");
    assert.equal(new Date(crossing.expected ?? 0).toISOString().slice(0, 10), "2026-11-15");
    assert.ok(remaining < 0n);
  });
});

describe("days that are not 24 hours long", () => {
  const CASES = [
    ["America/New_York", "2026-03-08T05:00:00Z", 23],
    ["America/New_York", "2026-11-01T04:00:00Z", 25],
    ["Australia/Lord_Howe", "2026-04-04T13:00:00Z", 24.5],
    ["Australia/Lord_Howe", "2026-10-03T13:30:00Z", 23.5],
    ["Asia/Kathmandu", "2026-11-20T18:15:00Z", 24],
  ] as const;
  for (const [timeZone, from, hours] of CASES) {
    test(`${hours} hours in ${timeZone} are one day of a budget, and half of them half its pace`, () => {
      const start = Date.parse(from);
      const end = start + hours * 3_600_000;
      const days = [start - 1, start, end].map((at, index) => ({
        day: periodAt(at, { unit: "day" }, CALENDAR_YEAR, timeZone).start,
        spent: parseAmount(["1", "20", "300"][index] ?? ""),
        unpricedCalls: 0,
      }));
      const daily = { ...facts(days, { period: { unit: "day" } }), timeZone };
      const at = (now: number) => statusOf(daily, now);
      assert.deepEqual(at(start).period, { start, end });
      assert.deepEqual(
        [start - 1, start, end - 1, end].map((now) => printAmount(at(now).spent)),
        ["1", "20", "20", "300"],
      );
      assert.equal(printAmount(at((start + end) / 2).pace), "1500");
    });
  }
});

describe("a limit each day or week inside the period", () => {
  const days = daily("2026-11-14", "2026-11-23", () => 10);
  const paced = (unit: "day" | "week", usd: string) =>
    statusOf(facts(days, { pacing: { unit, limit: parseAmount(usd) } }), NOW).pacing;

  test("has its own stretch, and what was spent in it", () => {
    assert.deepEqual(paced("day", "50"), {
      start: Date.parse("2026-11-22T00:00:00Z"),
      end: Date.parse("2026-11-23T00:00:00Z"),
      limit: parseAmount("50"),
      spent: parseAmount("10"),
    });
    // A week begins on Monday the 16th and goes on to the Sunday that is now.
    assert.deepEqual(paced("week", "50"), {
      start: Date.parse("2026-11-16T00:00:00Z"),
      end: Date.parse("2026-11-23T00:00:00Z"),
      limit: parseAmount("50"),
      spent: parseAmount("70"),
    });
  });

  test("is none where none is set", () => {
    assert.equal(statusOf(facts(days), NOW).pacing, null);
  });
});

test("every day's spend falls into exactly one period, whatever the zone, and rollover keeps every cent", () => {
  const zones = fc.constantFrom("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe");
  const units = fc.constantFrom("day", "week", "month", "quarter");
  const cents = fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(zones, units, cents, (timeZone, unit, spent) => {
      const start = periodAt(NOW - 120 * 86_400_000, { unit }, CALENDAR_YEAR, timeZone).start;
      let day = start;
      const days = spent.map((each): DaySpend => {
        const at = day;
        day = nextUnitStart(day, "day", timeZone);
        return { day: at, spent: (BigInt(each) * 10n ** 16n) as Amount, unpricedCalls: 0 };
      });
      const budget = {
        period: { unit },
        startsAt: start,
        limit: parseAmount("50"),
        rollover: "unspent",
      } as const;
      const all = { ...facts(days, budget), timeZone };
      const now = day - 1;
      const past = pastPeriods(all, now);
      const status = statusOf(all, now);
      assert.equal(
        sumAmounts([...past.map((each) => each.spent), status.spent]),
        sumAmounts(days.map((each) => each.spent)),
      );
      for (const [index, { opening, limit, spent: used, closing, end }] of past.entries()) {
        assert.equal(limit, opening + parseAmount("50"));
        assert.equal(closing, limit - used);
        const next = past[index + 1] ?? {
          opening: status.limit.carried,
          start: status.period.start,
        };
        assert.equal(next.start, end);
        assert.equal(next.opening, closing > 0n ? closing : 0n);
      }
    }),
    { numRuns: 150 },
  );
});

test("spend reaches a share exactly when it is at least that much", () => {
  const big = fc.bigInt({ min: 0n, max: 10n ** 30n });
  fc.assert(
    fc.property(big, big, fc.integer({ min: 1, max: 100_000 }), (spent, limit, hundredths) => {
      const percent = hundredths / 100;
      const reached = hasReached(spent as Amount, limit as Amount, percent);
      const exact = spent > 0n && spent * 10_000n >= limit * BigInt(hundredths);
      assert.equal(reached, exact);
      if (reached) assert.ok(spent >= shareOf(limit as Amount, percent));
    }),
  );
});

describe("quiet hours", () => {
  const cases = [
    ["night, before midnight", "22:00", "07:00", "2026-11-22T22:30:00Z", "2026-11-23T07:00:00Z"],
    ["night, after midnight", "22:00", "07:00", "2026-11-22T06:59:00Z", "2026-11-22T07:00:00Z"],
    ["their first minute", "12:00", "13:00", "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z"],
    ["their end", "12:00", "13:00", "2026-11-22T13:00:00Z", null],
    ["the day", "22:00", "07:00", "2026-11-22T12:00:00Z", null],
    ["none", "07:00", "07:00", "2026-11-22T12:00:00Z", null],
  ] as const;
  for (const [name, from, to, at, end] of cases) {
    test(name, () => {
      const until = quietUntil({ from, to }, Date.parse(at), "UTC");
      assert.equal(until, end === null ? null : Date.parse(end));
    });
  }

  test("end by the clock on the wall when it changes in the night", () => {
    // Berlin goes back at 01:00 UTC on 2026-10-25: seven o'clock is then 06:00 UTC.
    const at = Date.parse("2026-10-24T21:00:00Z");
    const until = quietUntil({ from: "22:00", to: "07:00" }, at, "Europe/Berlin");
    assert.equal(new Date(until ?? 0).toISOString(), "2026-10-25T06:00:00.000Z");
  });
});
