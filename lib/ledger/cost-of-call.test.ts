import assert from "node:assert/strict";
import { test } from "node:test";
import { toDecimal } from "#lib/money/money.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { resolveRateSet } from "#lib/pricing/resolve-rate-set.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { costOfCall } from "./cost-of-call.ts";

const rateSet = resolveRateSet(loadPriceBook(), {
  provider: "openai",
  model: "gpt-5.5",
  contextTokens: 10,
  atMs: Date.parse("2026-11-17T12:00:00Z"),
});
const call = { status: "ok", funding: "api", flags: [], units: {} } as const;

test("half of the usage makes a lower bound of the cost, but not where a plan pays", () => {
  const tokens = { ...NO_TOKENS, output: 1_000 };
  const whole = costOfCall({ ...call, tokens }, rateSet);
  const half = costOfCall({ ...call, flags: ["usage_incomplete"], tokens }, rateSet);
  assert.deepEqual([whole.status, half.status], ["priced", "partial"]);
  assert.equal(toDecimal(half.cost ?? assert.fail()), toDecimal(whole.cost ?? assert.fail()));
  const plan = { ...call, funding: "plan", flags: ["usage_incomplete"], tokens } as const;
  assert.equal(costOfCall(plan, rateSet).status, "included");
});
