import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NO_COSTS } from "#lib/cost-model/costs.ts";
import { parseUsd } from "#lib/money/money.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { allocationCoverage, realisedPriceIndex } from "./cost-ratios.ts";
import { reconciliationGap } from "./invoice-ratio.ts";
import { kpiTerm, kpiValue, ratio, unpricedCalls } from "./kpi.ts";

const usd = parseUsd;
const line = (
  team: string,
  kind: "usage" | "charge" | "markup",
  effective: string,
  list: string,
) => ({
  ...{ team, kind },
  costs: { ...NO_COSTS, effective: usd(effective), list: usd(list) },
});
const LINES = [
  line("payments", "usage", "6", "10"),
  line("payments", "charge", "2", "5"),
  line("payments", "markup", "1", "0"),
  line(UNALLOCATED, "usage", "1", "2"),
];

test("coverage is of all cost, the price index of what usage and its seats cost", () => {
  assert.deepEqual(allocationCoverage(LINES), ratio(usd("9"), usd("10")));
  assert.deepEqual(realisedPriceIndex(LINES), ratio(usd("9"), usd("12")));
  assert.equal(allocationCoverage([]), null);
  assert.equal(realisedPriceIndex([line("payments", "charge", "2", "5")]), null);
});

test("the gap is of the latest invoices together, and of what is invoiced", () => {
  const latest = [
    { invoiced: 100n, ours: 99n },
    { invoiced: 50n, ours: 50n },
  ];
  assert.deepEqual(reconciliationGap(latest), ratio(-1n, 150n));
  assert.equal(reconciliationGap([]), null);
});

test("shares have six decimals, dollars all of them", () => {
  assert.equal(kpiValue("allocation_coverage", { numerator: 2n, denominator: 3n }), "0.666667");
  assert.equal(kpiValue("budget_variance", { numerator: -1n, denominator: 8n }), "-0.125");
  const perDay = { numerator: usd("10"), denominator: 3n };
  assert.equal(kpiValue("cost_per_developer_day", perDay), "3.333333333333333333");
  assert.equal(kpiTerm("cost_per_developer_day", "numerator", perDay), "10");
  assert.equal(kpiTerm("cost_per_developer_day", "denominator", perDay), "3");
});

test("a share comes back to its amount within half of its last decimal", () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 30n });
  fc.assert(
    fc.property(amount, amount, (numerator, denominator) => {
      const share = usd(kpiValue("allocation_coverage", { numerator, denominator }));
      const off = share * denominator - numerator * 10n ** 18n;
      const half = (10n ** 12n * denominator) / 2n;
      return (off < 0n ? -off : off) <= half + 1n;
    }),
  );
});

test("amounts of a month are without the calls that have no price", () => {
  assert.equal(unpricedCalls({ pricing_coverage: { numerator: 7n, denominator: 10n } }), 3);
  assert.equal(unpricedCalls({ pricing_coverage: null }), 0);
});
