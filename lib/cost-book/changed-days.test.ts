import assert from "node:assert/strict";
import { test } from "node:test";
import type { SharedPool } from "#lib/cost-model/shared-pool.ts";
import { someCharge } from "#lib/cost-model/testing.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import { type Days, daysOfCharge, daysOfPool } from "./changed-days.ts";

const day = (text: string | null) => (text === null ? null : parseDay(text));
const told = (days: readonly Days[]) =>
  days.map((ends) => ends.map((at) => (at === null ? null : dayText(at))));

const seat = (endsOn: string | null, more = {}) =>
  someCharge({ startsOn: parseDay("2026-08-10"), endsOn: day(endsOn), ...more });

test("ending a charge changes nothing before the billing period that is cut", () => {
  const open = seat(null);
  assert.deepEqual(told(daysOfCharge(seat("2026-12-10"), open)), [["2026-12-10", null]]);
  assert.deepEqual(told(daysOfCharge(seat("2026-12-20"), open)), [["2026-12-10", null]]);
  const longer = daysOfCharge(seat("2027-02-01"), seat("2026-12-20"));
  assert.deepEqual(told(longer), [["2026-12-10", "2027-02-01"]]);
  const yearly = { recurrence: "yearly" };
  const cut = daysOfCharge(seat("2026-12-10", yearly), seat(null, yearly));
  assert.deepEqual(told(cut), [["2026-08-10", null]]);
});

test("another name changes no day, another price all of them", () => {
  const open = seat(null);
  assert.deepEqual(daysOfCharge(seat(null, { name: "Renamed" }), open), []);
  const two = daysOfCharge(seat("2026-12-10", { quantity: 2 }), open);
  assert.deepEqual(told(two), [
    ["2026-08-10", "2026-12-10"],
    ["2026-08-10", null],
  ]);
  assert.deepEqual(told(daysOfCharge(open, undefined)), [["2026-08-10", null]]);
});

test("ending a shared cost changes nothing before its end", () => {
  const pool = (effectiveTo: string | null, more: Partial<SharedPool> = {}): SharedPool => ({
    ...{ id: "pool", name: "Platform", method: "even", sourceTeam: null, teams: null },
    ...{ weights: {}, effectiveFrom: parseDay("2026-08-01"), effectiveTo: day(effectiveTo) },
    ...more,
  });
  assert.deepEqual(told(daysOfPool(pool("2026-12-01"), pool(null))), [["2026-12-01", null]]);
  const otherwise = daysOfPool(pool("2026-12-01", { method: "usage" }), pool(null));
  assert.deepEqual(told(otherwise), [["2026-08-01", null]]);
  assert.deepEqual(told(daysOfPool(pool(null), undefined)), [["2026-08-01", null]]);
});
