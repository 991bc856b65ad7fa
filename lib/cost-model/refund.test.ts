import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd } from "#lib/money/money.ts";
import type { FundingRule } from "./funding.ts";
import { refunded, refundedUsers } from "./refund.ts";
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

test("who would use a plan is told by month, from the day of the rule on", () => {
  const row = { team: "search", provider: "openai", model: "gpt-5.5", funding: null };
  const ann = { ...row, user: "ann" };
  const days = [
    ...[5, 12, 13].map((day) => ({ ...ann, day })),
    { ...ann, day: 40 },
    { ...row, user: "bo", day: 9 },
    { ...row, user: "cy", day: 9, funding: "plan" as const },
  ];
  const told = (before: TeamModel[], after: TeamModel[]) =>
    refundedUsers(days, before, after).map(({ user, month }) => `${user} ${month}`);
  assert.deepEqual(told([], model(plan)), ["ann 0", "ann 31", "cy 0"]);
  assert.deepEqual(told([], []), ["cy 0"]);
});
