import assert from "node:assert/strict";
import { test } from "node:test";
import { hasStopped } from "./has-stopped.ts";
import { pointForecast } from "./point-forecast.ts";

const days = (count: number, value: number) => Array<number>(count).fill(value);
const monthly = (months: number) =>
  Array.from({ length: months }, () => [50, ...days(29, 0)]).flat();

const CASES: readonly [what: string, values: readonly number[], expected: boolean][] = [
  ["two weeks of nothing", [...days(90, 10), ...days(14, 0)], true],
  ["a day less", [...days(90, 10), ...days(13, 0)], false],
  ["empty weekends", Array.from({ length: 90 }, (_, day) => (day % 7 < 5 ? 10 : 0)), false],
  ["once a month", monthly(6), false],
  ["once a month, until a quarter ago", [...monthly(6), ...days(60, 0)], true],
  ["a late start", [...days(60, 0), ...days(30, 10), ...days(14, 0)], true],
  ["nothing ever", days(90, 0), true],
  ["no days", [], false],
];

for (const [what, values, expected] of CASES) {
  test(`${what} ${expected ? "is an end" : "is none"}`, () => {
    assert.equal(hasStopped(values), expected);
  });
}

test("what has stopped is expected to cost nothing on any day", () => {
  const { point } = pointForecast([...days(120, 10), ...days(20, 0)], 90);
  assert.deepEqual(point, days(90, 0));
});
