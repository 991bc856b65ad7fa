import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd } from "#lib/money/money.ts";
import type { FundingRule } from "./funding.ts";
import { refunded } from "./refund.ts";
import type { TeamModel } from "./team-model.ts";
import { metered, prepaid, someUsage } from "./testing.ts";

const four = parseUsd("4");
const model = (...funding: FundingRule[]): TeamModel[] => [
  { team: "search", effectiveFrom: 10, markup: { num: 0n, den: 1n }, funding, headcount: null },
];
const credits: FundingRule = { provider: "openai", model: null, source: "credits" };
const plan: FundingRule = { provider: "openai", model: null, source: "plan" };

test("usage that credits are to pay for costs nothing itself, and keeps its worth", () => {
  const usage = [9, 10].map((day) => someUsage({ day, costs: metered(four) }));
  const [before, since] = refunded(usage, [], model(credits));
  assert.equal(before?.funding, null);
  assert.equal(since?.funding, "credits");
  assert.deepEqual(since?.costs, prepaid(four));
});

test("there and back again restores every figure", () => {
  const usage = [someUsage({ day: 20, costs: metered(four) })];
  const there = refunded(usage, [], model(credits));
  assert.deepEqual(refunded(there, model(credits), []), usage);
  const onPlan = refunded(usage, [], model(plan));
  assert.deepEqual(refunded(onPlan, model(plan), []), usage);
});

test("what the producer says a plan pays for stays, whatever the rules", () => {
  const usage = [someUsage({ day: 20, funding: "plan", costs: prepaid(four) })];
  assert.deepEqual(refunded(usage, [], model(credits)), usage);
  assert.deepEqual(refunded(usage, model(credits), []), usage);
});
