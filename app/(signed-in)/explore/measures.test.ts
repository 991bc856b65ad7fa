import assert from "node:assert/strict";
import { test } from "node:test";
import type { Usd } from "#lib/money/money.ts";
import { type MeasuresRow, toMeasures } from "#lib/reports/measures.ts";
import { columnsOf, MEASURES, measureOf } from "./measures.ts";

/** Each sum another power of ten: no two measures come to the same by chance. */
const row: MeasuresRow = {
  ...{ model_calls: 1n, tool_calls: 10n, errors: 100n, unpriced_calls: 1_000n },
  ...{ unpriced_tokens: 10_000n, input_uncached: 100_000n, cache_read: 1_000_000n },
  ...{ cache_write_5m: 10_000_000n, cache_write_1h: 100_000_000n, output: 1_000_000_000n },
  ...{ reasoning: 10_000_000_000n, cost: "2", list_cost: "3" },
};
const ONE_DOLLAR = 10n ** 18n;

for (const measure of MEASURES) {
  test(`${measure} is the same on the chart as in the table`, () => {
    const sums = columnsOf(measure).map((column) => {
      const sum = row[column];
      return typeof sum === "bigint" ? sum : BigInt(sum) * ONE_DOLLAR;
    });
    const total = sums.reduce((all, sum) => all + sum, 0n) as Usd;
    assert.equal(measureOf(measure, toMeasures(row)), total);
  });
}
