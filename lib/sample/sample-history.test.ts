import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { QuoteInput, quote } from "#lib/pricing/quote.ts";
import { sampleHistory } from "./sample-history.ts";

const DAY_MS = 86_400_000;
const book = loadPriceBook();

test("every model of the sample has a price on each of its days, but the one that is to have none", () => {
  const nowMs = Date.parse("2026-11-22T16:00:00Z");
  const history = [...sampleHistory({ days: 90, seed: 1, nowMs, timeZone: "Asia/Taipei" })];
  const calls = history.flatMap(({ events }) =>
    events.flatMap(({ provider, model, startedAtMs, calls: count }) =>
      provider === null || model === null || count === 0
        ? []
        : [{ provider, model, day: Math.floor(startedAtMs / DAY_MS) }],
    ),
  );
  const isPriced = ({ provider, model, day }: (typeof calls)[number]) => {
    const at = new Date(day * DAY_MS).toISOString();
    const usage = { input_uncached: 1, cache_read: 1, output: 1 };
    return quote(book, QuoteInput.parse({ provider, model, usage, at })).status === "priced";
  };
  const days = Map.groupBy(calls, ({ model, day }) => `${model} ${day}`);
  const unpriced = [...days.values()].filter(([first]) => first !== undefined && !isPriced(first));
  assert.deepEqual([...new Set(unpriced.flat().map(({ model }) => model))], ["house-llm-7b"]);
  assert.ok(unpriced.flat().length < calls.length / 50, "it is a small part");
});
