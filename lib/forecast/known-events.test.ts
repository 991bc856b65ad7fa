import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accuracyOf, type ScoredForecast } from "./accuracy.ts";
import { forecastSeries } from "./forecast-series.ts";
import { withEvents, withoutSpans } from "./known-events.ts";
import { earlyEstimate, runRate, weekdayProfile } from "./run-rate.ts";

const WEEK = [100, 100, 100, 100, 100, 30, 10];
const HISTORY = Array.from(
  { length: 70 },
  (_, day) => (WEEK[day % 7] ?? 0) + 2 * Math.sin(day * day),
);
const FORECAST = forecastSeries(HISTORY, 14);

describe("known events", () => {
  test("scale the days of a price change, bands and all", () => {
    const effect = { kind: "factor", factor: 0.5 } as const;
    const changed = withEvents(FORECAST, [{ first: 3, last: 5, label: "price cut", effect }]);
    for (const ahead of FORECAST.point.keys()) {
      const factor = ahead >= 3 && ahead <= 5 ? 0.5 : 1;
      assert.equal(changed.point[ahead], (FORECAST.point[ahead] ?? 0) * factor);
      assert.equal(changed.bands[95].high[ahead], (FORECAST.bands[95].high[ahead] ?? 0) * factor);
    }
  });

  test("add a launch's amount, and never go below zero", () => {
    const event = (perDay: number) => ({
      first: 0,
      last: 0,
      label: "launch",
      effect: { kind: "amount", perDay } as const,
    });
    assert.equal(withEvents(FORECAST, [event(40)]).point[0], (FORECAST.point[0] ?? 0) + 40);
    assert.equal(withEvents(FORECAST, [event(-1e9)]).point[0], 0);
  });

  test("let a holiday spend what the quietest day of its week would", () => {
    const effect = { kind: "quiet" } as const;
    const changed = withEvents(FORECAST, [{ first: 1, last: 1, label: "holiday", effect }]);
    assert.ok((FORECAST.point[1] ?? 0) > 90);
    assert.equal(changed.point[1], Math.min(...FORECAST.point.slice(0, 7)));
    assert.equal(changed.point[2], FORECAST.point[2]);
  });

  test("take an excluded backfill out of what is learned from", () => {
    const backfill = HISTORY.map((value, day) => (day >= 60 && day < 65 ? value * 20 : value));
    const learned = forecastSeries(withoutSpans(backfill, [{ first: 60, last: 64 }]), 14).point;
    for (const [ahead, value] of FORECAST.point.entries()) {
      assert.ok(Math.abs((learned[ahead] ?? Number.NaN) - value) < 5);
    }
  });
});

describe("without enough data", () => {
  test("the run rate is labelled as what it is", () => {
    assert.deepEqual(runRate([10, null, 20], 30), {
      label: "run rate",
      perDay: 15,
      total: 450,
      days: 2,
    });
    assert.equal(runRate([null], 30), null);
  });

  test("an early estimate spends through the week as the organisation does", () => {
    const profile = weekdayProfile(HISTORY);
    // The team's five days are the organisation's last five: three working days and the weekend.
    const own = HISTORY.slice(-5).map((value) => value / 10);
    const estimate = earlyEstimate(own, 7, profile);
    for (const [ahead, value] of estimate.entries()) {
      assert.ok(Math.abs(value - (WEEK[ahead] ?? 0) / 10) < 1, `${value} on day ${ahead}`);
    }
  });

  test("a profile of nothing is flat", () => {
    assert.deepEqual(weekdayProfile(Array(30).fill(0)), Array(7).fill(1));
    assert.deepEqual(earlyEstimate([4], 3, weekdayProfile([])), [4, 4, 4]);
    assert.deepEqual(earlyEstimate([], 2, weekdayProfile([])), [0, 0]);
  });
});

describe("accuracyOf", () => {
  const made = (point: number, naive: number, actual: number | null): ScoredForecast => ({
    point: [point, point],
    low80: [point - 10, point - 10],
    high80: [point + 10, point + 10],
    naive: [naive, naive],
    actual: [100, actual],
  });

  test("reports the error of totals, the share of days held, and the yardstick's error", () => {
    const { totalError, naiveTotalError, heldShare, forecasts, isTooFew } = accuracyOf([
      made(95, 80, 100),
      made(95, 80, 120),
      made(95, 80, null),
    ]);
    assert.equal(forecasts, 2);
    assert.ok(Math.abs((totalError ?? 0) - (10 / 200 + 30 / 220) / 2) < 1e-12);
    assert.ok(Math.abs((naiveTotalError ?? 0) - (40 / 200 + 60 / 220) / 2) < 1e-12);
    assert.equal(heldShare, 4 / 5);
    assert.ok(isTooFew);
  });

  test("prefers repeating the last week only after twelve forecasts that lost to it", () => {
    const lost = Array.from({ length: 12 }, () => made(50, 99, 100));
    assert.ok(accuracyOf(lost).isNaiveBetter);
    assert.ok(!accuracyOf(lost.slice(1)).isNaiveBetter);
    assert.ok(!accuracyOf(Array.from({ length: 12 }, () => made(99, 50, 100))).isNaiveBetter);
  });

  test("counts a forecast from two weeks on, by its total to date", () => {
    const after = (days: number): ScoredForecast => ({
      ...{ point: Array(30).fill(90), naive: Array(30).fill(80) },
      ...{ low80: Array(30).fill(70), high80: Array(30).fill(95) },
      actual: Array(days).fill(100),
    });
    assert.equal(accuracyOf([after(13)]).forecasts, 0);
    const { forecasts, totalError } = accuracyOf([after(14)]);
    assert.deepEqual([forecasts, totalError], [1, 0.1]);
  });

  test("says nothing of nothing", () => {
    const none = accuracyOf([]);
    assert.deepEqual([none.totalError, none.heldShare, none.isTooFew], [null, null, true]);
  });
});
