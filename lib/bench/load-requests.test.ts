import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { createRateSetResolver } from "#lib/pricing/rate-set-resolver.ts";
import { type LoadShape, loadRequests, SPANS_OF_REQUEST, spanNamesOf } from "./load-requests.ts";
import type { WireRequest } from "./otlp-writer.ts";
import { MODELS, TEAMS } from "./workload.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const WHOLE: LoadShape = { run: "a", seed: 1, splitTraces: false };
const SPLIT: LoadShape = { run: "a", seed: 1, splitTraces: true };

function take(shape: LoadShape, count: number): WireRequest[] {
  return loadRequests(shape, NOW).take(count).toArray();
}

describe("the organisation of the benchmarks", () => {
  test("is 50 teams, 500 people and 20 models, each with a price", () => {
    assert.equal(new Set(TEAMS.map(({ slug }) => slug)).size, 50);
    assert.equal(new Set(TEAMS.flatMap(({ users }) => users)).size, 500);
    assert.equal(new Set(MODELS.map(({ model }) => model)).size, 20);
    const resolve = createRateSetResolver(loadPriceBook());
    const unpriced = MODELS.filter(
      (model) => resolve({ ...model, contextTokens: 10_000, atMs: NOW }).status !== "priced",
    );
    assert.deepEqual(unpriced, []);
    const used = new Set(
      TEAMS.flatMap(({ agents }) => agents.flatMap(({ models }) => models.map((m) => m.model))),
    );
    assert.equal(used.size, 20);
  });
});

for (const [name, shape] of [
  ["whole traces", WHOLE],
  ["split traces", SPLIT],
] as const) {
  describe(`the load of ${name}`, () => {
    test("is a hundred spans a request, named as foretold, none twice", () => {
      const names = take(shape, 60).map(({ spans }) =>
        spans.map(({ traceId, spanId }) => `${traceId.toString("hex")} ${spanId.toString("hex")}`),
      );
      for (const [request, given] of names.entries()) {
        assert.equal(given.length, SPANS_OF_REQUEST);
        assert.deepEqual(given.toSorted(), spanNamesOf(request, shape).toSorted());
      }
      assert.equal(new Set(names.flat()).size, 60 * SPANS_OF_REQUEST);
    });
  });
}

describe("the load", () => {
  test("is over before it is sent, and the same for the same seed", () => {
    const requests = take(WHOLE, 40);
    assert.ok(requests.every(({ spans }) => spans.every(({ endMs }) => endMs <= NOW)));
    assert.deepEqual(take(WHOLE, 40), requests);
    assert.notDeepEqual(take({ ...WHOLE, seed: 2 }, 40), requests);
  });

  test("comes from most teams soon, and counts its caches as part of the input", () => {
    const requests = take(WHOLE, 400);
    assert.ok(new Set(requests.map(({ resource }) => resource["team.id"])).size > 40);
    const inputs = requests
      .flatMap(({ spans }) => spans)
      .flatMap(({ attributes: a }) => {
        const input = a["gen_ai.usage.input_tokens"];
        const cached = Number(a["gen_ai.usage.cache_read.input_tokens"]);
        const written = Number(a["gen_ai.usage.cache_creation.input_tokens"]);
        return input === undefined ? [] : [Number(input) - cached - written];
      });
    assert.ok(inputs.length > 15_000);
    assert.ok(inputs.every((fresh) => fresh > 0));
  });
});
