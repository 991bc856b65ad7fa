import assert from "node:assert/strict";
import { test } from "node:test";
import type { Usd } from "#lib/money/money.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { PriceOf } from "./counted-usage.ts";
import { octoberReader, shown } from "./testing/read-october.ts";

const START = Date.parse("2026-10-05T00:00:00Z") / 1000;

/** A dollar for a million tokens, and nothing known of models of another name. */
const priceOf: PriceOf = ({ model, tokens }) =>
  TOKEN_CLASSES.filter((unit) => tokens[unit] > 0 && unit !== "reasoning").map((unit) => ({
    ...{ unit, quantity: tokens[unit], rate: null },
    cost: model === "gpt-5.5" ? ((BigInt(tokens[unit]) * 10n ** 12n) as Usd) : null,
  }));

const parse = octoberReader(priceOf);

const usage = (start: number, model: string, more = {}) => ({
  start_time: start,
  end_time: start + 3_600,
  results: [
    {
      ...{ object: "organization.usage.completions.result", model, num_model_requests: 2 },
      ...{ input_tokens: 1_000, input_cached_tokens: 600, output_tokens: 50, ...more },
    },
  ],
});

test("OpenAI's usage report is priced by class, its hours added up to days of the month", () => {
  const data = [
    usage(START, "gpt-5.5"),
    usage(START + 3_600, "gpt-5.5", { input_tokens: 2_000 }),
    usage(START + 40 * 86_400, "gpt-5.5"),
  ];
  const file = parse("openai", JSON.stringify({ data }));
  assert.deepEqual(shown(file), [
    "usage | openai | gpt-5.5 | 2026-10-05 | input_uncached | 0.0018 | 1800",
    "usage | openai | gpt-5.5 | 2026-10-05 | cache_read | 0.0012 | 1200",
    "usage | openai | gpt-5.5 | 2026-10-05 | output | 0.0001 | 100",
  ]);
  assert.deepEqual([file.passedOver, file.counted], [1, { unpricedTokens: 0n }]);
});

test("what has no price is told, and worth nothing", () => {
  const file = parse("openai", JSON.stringify({ data: [usage(START, "gpt-new")] }));
  assert.deepEqual(
    file.lines.map(({ amount }) => amount),
    [0n, 0n, 0n],
  );
  assert.deepEqual(file.counted, { unpricedTokens: 1_050n });
});

test("Anthropic's usage report, with writes to the cache by their lifetime", () => {
  const result = {
    ...{ model: "gpt-5.5", uncached_input_tokens: 10, cache_read_input_tokens: 20 },
    ...{ cache_creation: { ephemeral_1h_input_tokens: 30 }, output_tokens: 40 },
  };
  const bucket = { starting_at: "2026-10-06T00:00:00Z", ending_at: "2026-10-07T00:00:00Z" };
  const page = { data: [{ ...bucket, results: [result] }] };
  assert.deepEqual(shown(parse("anthropic", JSON.stringify(page))), [
    "usage | anthropic | gpt-5.5 | 2026-10-06 | input_uncached | 0.00001 | 10",
    "usage | anthropic | gpt-5.5 | 2026-10-06 | cache_read | 0.00002 | 20",
    "usage | anthropic | gpt-5.5 | 2026-10-06 | cache_write_1h | 0.00003 | 30",
    "usage | anthropic | gpt-5.5 | 2026-10-06 | output | 0.00004 | 40",
  ]);
});

const COUNTS = { tokens: "Count", model: "What", token_class: "Class", day: "Day" };

test("a CSV file of tokens by model and class; reasoning is output where it has no own price", () => {
  const csv =
    "Day,What,Class,Count\n2026-10-05,gpt-5.5,input,7\n2026-10-05,gpt-5.5,reasoning,5\n2026-11-05,gpt-5.5,input,9";
  const file = parse("csv", csv, COUNTS, "openai");
  assert.deepEqual(shown(file), [
    "usage | openai | gpt-5.5 | 2026-10-05 | input_uncached | 0.000007 | 7",
    "usage | openai | gpt-5.5 | 2026-10-05 | output | 0.000005 | 5",
  ]);
  assert.deepEqual([file.passedOver, file.counted], [1, { unpricedTokens: 0n }]);
});

test("a row without class, model or tokens is refused with its line", () => {
  const csv = "Day,What,Class,Count\n,gpt-5.5,,7\n,,input,7\n,gpt-5.5,input,\n,gpt-5.5,input,-1";
  const { errors } = parse("csv", csv, COUNTS, "openai");
  assert.deepEqual(
    errors.map(({ line }) => line),
    [2, 3, 4, 5],
  );
  assert.match(
    parse("csv", "What,Total\nx,1", COUNTS, "openai").errors[0]?.message ?? "",
    /no column for the tokens/,
  );
});
