import assert from "node:assert/strict";
import { test } from "node:test";
import { multiplyFraction, parseUsd } from "#lib/money/money.ts";
import type { RateSet, ResolvedRate } from "#lib/pricing/rate-set.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { contractedCost } from "./contracted-cost.ts";
import { basisSql } from "./cost-basis-sql.ts";

const { sql } = await createTestDatabase();

/** A third off a dollar for three tokens leaves digits without an end. */
const rate = (unit: ResolvedRate["unit"], amount: string, num: number, den: number) => ({
  ...{ unit, amount, per: 1_000_000, num, den, kind: "contract" as const, rules: [] },
  ...{ source: { name: "test", url: "", quote: null, checkedAt: "2026-11-22" } },
  effectiveFrom: null,
});
const rateSet: RateSet = {
  ...{ id: "1", provider: "openai", model: "gpt-5.5", tier: "standard", status: "priced" },
  ...{ speed: null, region: null, inferenceGeo: null, funding: "credits" },
  rates: [rate("input_uncached", "5", 2, 3), rate("output", "30", 2, 3)],
  listRates: [rate("input_uncached", "5", 1, 1), rate("output", "30", 1, 1)],
};
const tokens = { ...NO_TOKENS, input_uncached: 9_876_543_211, output: 123_456_788 };
const list = parseUsd("53086.419695");

test("what credits paid for is worth its agreed rates, to the last digit of large sums too", async () => {
  const { cost } = basisSql(sql, "contracted");
  const [row] = await sql<{ cost: string }[]>`
    select ${cost} as cost
      from (select ${tokens.input_uncached}::bigint as input_uncached,
                   ${tokens.output}::bigint as output, 0::bigint as cache_read,
                   0::bigint as cache_write_5m, 0::bigint as cache_write_1h,
                   0::bigint as reasoning, ${"53086.419695"}::numeric(38, 18) as list_cost,
                   0::numeric(38, 18) as cost) r,
           (select ${JSON.stringify(rateSet)}::text::jsonb as content) s`;
  const expected = multiplyFraction(list, 2n, 3n);
  assert.equal(contractedCost(rateSet, tokens, list), expected);
  assert.equal(parseUsd(row?.cost ?? ""), expected);
});
