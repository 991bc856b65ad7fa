import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { loadPriceBook } from "./load-price-book.ts";
import { QuoteInput, quote } from "./quote.ts";

type GoldenCase = Record<string, unknown> & {
  readonly id: string;
  readonly expected_usd: string | null;
  readonly expected_status: string;
  readonly expected_lower_bound_usd?: string;
  readonly unpriced_units?: readonly string[];
};

const GOLDEN: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL("./testdata/golden.json", import.meta.url), "utf8"),
);
const book = loadPriceBook();

describe("quote prices the golden calls to the last digit", () => {
  for (const call of GOLDEN) {
    test(call.id, () => {
      const { usd, status, lower_bound, lines } = quote(book, QuoteInput.parse(call));
      assert.deepEqual([status, usd], [call.expected_status, call.expected_usd]);
      const lowerBound = call.expected_lower_bound_usd ?? call.expected_usd ?? "0";
      assert.equal(lower_bound, lowerBound);
      if (call.unpriced_units !== undefined) {
        const unpriced = lines.filter(({ rate }) => rate === null).map(({ unit }) => unit);
        assert.deepEqual(unpriced, call.unpriced_units);
      }
    });
  }
});
